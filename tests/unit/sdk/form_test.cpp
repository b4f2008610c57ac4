// Bodies of forms, octet for octet.
#include "plugins/sdk/form.hpp"

#include <gtest/gtest.h>

namespace casebridge::sdk {
namespace {

TEST(Form, EncodesAsBrowsersDo) {
  Form form;
  form.add("addr1", "41 RIVER TEST PL").add("email", "imani.b@example.com").add("addr2", "");
  form.add("n\xc3\xba", SecretBytes::copy_of("a&b=c+*-._\r\n"));
  EXPECT_EQ(form.encode().reveal(),
            "addr1=41+RIVER+TEST+PL&email=imani.b%40example.com&addr2=&n%C3%BA=a%26b%3Dc%2B*-._%0D%0A");
  EXPECT_EQ(Form{}.encode().reveal(), "");
}

TEST(Multipart, WritesPartsWithTheirNames) {
  Multipart parts;
  parts.add("meta", "{}", "application/json");
  parts.add_file("file", "pay \"stub\".pdf", "application/pdf", "%PDF");
  EXPECT_EQ(parts.content_type(), "multipart/form-data; boundary=casebridge-part-1");
  EXPECT_EQ(parts.encode().reveal(),
            "--casebridge-part-1\r\nContent-Disposition: form-data; name=\"meta\"\r\n"
            "Content-Type: application/json\r\n\r\n{}\r\n"
            "--casebridge-part-1\r\nContent-Disposition: form-data; name=\"file\"; "
            "filename=\"pay %22stub%22.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n"
            "--casebridge-part-1--\r\n");
}

TEST(Multipart, ChoosesABoundaryThatOccursInNoPart) {
  Multipart parts;
  parts.add("a", "x casebridge-part-1 y").add("b", "--casebridge-part-2");
  EXPECT_EQ(parts.content_type(), "multipart/form-data; boundary=casebridge-part-3");
}

}  // namespace
}  // namespace casebridge::sdk
