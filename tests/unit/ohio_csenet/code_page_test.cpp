// The two code pages: known octets, and the way back.
#include <gtest/gtest.h>

#include "tests/unit/ohio_csenet/lines.hpp"

namespace casebridge::ohio_csenet {
namespace {

std::string printable() {
  std::string text;
  for (char c = ' '; c <= '~'; ++c) text += c;
  return text;
}

TEST(CodePage, LettersAndSignsHaveTheirOctets) {
  EXPECT_EQ(encode_line(CodePage::cp037, "FRINF 7001@"), "\xC6\xD9\xC9\xD5\xC6\x40\xF7\xF0\xF0\xF1\x7C\x15");
  EXPECT_EQ(encode_line(CodePage::cp037, "}-_+'(:"), "\xD0\x60\x6D\x4E\x7D\x4D\x7A\x15");
  EXPECT_EQ(encode_line(CodePage::ascii, "OK"), "OK\n");
}

TEST(CodePage, EveryPrintableCharacterComesBack) {
  for (const CodePage page : {CodePage::ascii, CodePage::cp037}) {
    const std::string line = encode_line(page, printable());
    EXPECT_EQ(line.back(), line_end_of(page));
    EXPECT_EQ(decode(page, std::string_view(line).substr(0, line.size() - 1)), printable());
  }
}

TEST(CodePage, OctetsWithoutAPrintableMeaningAreRefused) {
  for (const char octet : {'\x00', '\n', '\x7F', '\xC9'})
    EXPECT_FALSE(decode(CodePage::ascii, std::string(1, octet)));
  // X'25' is another line feed, X'4A' the cent sign: neither belongs here. X'C9' is a letter.
  for (const char octet : {'\x00', '\x15', '\x25', '\x4A'})
    EXPECT_FALSE(decode(CodePage::cp037, std::string(1, octet)));
  EXPECT_EQ(decode(CodePage::cp037, "\xC9"), "I");
}

TEST(CodePage, AnswersInTheOtherCodePageAreRefused) {
  std::string ebcdic;
  for (const std::string& line : example_lines("ans_fsinf")) ebcdic += encode_line(CodePage::cp037, line);
  std::string copy = ebcdic;
  const auto read = read_transactions(copy, {CodePage::cp037, AmountSign::leading_minus});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->size(), 2U);
  EXPECT_FALSE(breach_of(ebcdic).empty());
  std::string ascii = example("ans_fsinf");
  EXPECT_FALSE(read_transactions(ascii, {CodePage::cp037, AmountSign::leading_minus}));
}

TEST(CodePage, HasTheNameOfItsSetting) {
  EXPECT_EQ(code_page_of("ascii"), CodePage::ascii);
  EXPECT_EQ(code_page_of("cp037"), CodePage::cp037);
  EXPECT_EQ(code_page_of("latin1"), std::nullopt);
}

}  // namespace
}  // namespace casebridge::ohio_csenet
