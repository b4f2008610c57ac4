// When a file counts as a whole PDF.
#include "plugins/texas_icop/pdf_check.hpp"

#include <gtest/gtest.h>

namespace casebridge::texas_icop {
namespace {

TEST(PdfCheck, WantsBothEnds) {
  for (const char* whole : {"%PDF-1.4 ... %%EOF", "%PDF-1.4 ... %%EOF\n", "%PDF-1.7\n...\n%%EOF\r\n"})
    EXPECT_TRUE(is_whole_pdf(whole)) << whole;
  for (const char* part :
       {"", "%PDF-1.4 ...", "... %%EOF", "%PDF-1.4 ... %%EO", "<html>%%EOF", "%PDF-1.4 %%EOF\n\n"})
    EXPECT_FALSE(is_whole_pdf(part)) << part;
}

}  // namespace
}  // namespace casebridge::texas_icop
