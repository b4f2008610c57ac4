// Messages as octets: nothing typed becomes a header, and every line is one a mail server must take.
#include "core/mail/message_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace casebridge::mail {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Instant noon = *parse_instant("2026-03-16T12:00:00Z");
const Sender sender{"no-reply@gateway.example", "Casebridge"};

ports::Mail sample() { return {"mal_01", "parent@mail.example", "Your code", "Hello,\n\n12345678\n"}; }

TEST(MessageText, HasTheHeadersAndTheBody) {
  const auto text = message_text(sample(), sender, noon);
  ASSERT_TRUE(text);
  EXPECT_EQ(*text,
            "Date: Mon, 16 Mar 2026 12:00:00 +0000\r\n"
            "From: Casebridge <no-reply@gateway.example>\r\n"
            "To: <parent@mail.example>\r\n"
            "Subject: Your code\r\n"
            "Message-ID: <mal_01@gateway.example>\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n"
            "\r\n"
            "Hello,\r\n\r\n12345678\r\n");
}

TEST(MessageText, NoInputCanBeginAnotherHeader) {
  for (const std::string& evil : {std::string("a\r\nBcc: b@mail.example"), std::string("a\nX-Evil: 1"),
                                  std::string("a\rb"), std::string("a\0b", 3), std::string("a\x7f")}) {
    ports::Mail mail = sample();
    mail.subject = evil;
    EXPECT_EQ(message_text(mail, sender, noon).error().field, "subject");
    mail = sample();
    mail.to = evil + "@mail.example";
    EXPECT_EQ(message_text(mail, sender, noon).error().field, "to");
    mail = sample();
    mail.id = evil;
    EXPECT_EQ(message_text(mail, sender, noon).error().field, "id");
    EXPECT_EQ(message_text(sample(), {"a@b.example", evil}, noon).error().field, "from");
  }
}

TEST(MessageText, AddressesThatWouldEndTheCommandAreRefused) {
  for (const char* address : {"", "nobody", "@mail.example", "a@", "a@b@c", "a b@c.example", "a@c.example>",
                              "<a@c.example", "a,b@c.example", "\"a\"@c.example", "pé@mail.example"})
    EXPECT_FALSE(is_plain_address(address)) << address;
  EXPECT_TRUE(is_plain_address("first.last+tag@mail.example"));
}

TEST(MessageText, ASendersNameIsEncodedOrLeftOut) {
  EXPECT_THAT(*message_text(sample(), {"a@b.example", "Ayuda familiár"}, noon),
              HasSubstr("From: =?utf-8?q?Ayuda_famili=C3=A1r?= <a@b.example>\r\n"));
  EXPECT_THAT(*message_text(sample(), {"a@b.example", "A \"quoted\" <name>"}, noon),
              HasSubstr("From: <a@b.example>"));
}

TEST(EncodedHeader, LeavesPlainTextAloneAndEncodesTheRest) {
  EXPECT_EQ(encoded_header("Your Casebridge code"), "Your Casebridge code");
  EXPECT_EQ(encoded_header("Su código"), "=?utf-8?q?Su_c=C3=B3digo?=");
  EXPECT_EQ(encoded_header("=?utf-8?q?x?="), "=?utf-8?q?=3D=3Futf=2D8=3Fq=3Fx=3F=3D?=");
}

TEST(EncodedHeader, LongTextsBecomeWordsThatCanBeReadAlone) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "ñ€";
  const std::string encoded = encoded_header(text);
  std::size_t begin = 0;
  while (begin < encoded.size()) {
    const std::size_t end = std::min(encoded.find("\r\n ", begin), encoded.size());
    const std::string word = encoded.substr(begin, end - begin);
    EXPECT_LE(word.size(), 75U);
    EXPECT_TRUE(word.starts_with("=?utf-8?q?=") && word.ends_with("?="));
    EXPECT_THAT(word, Not(HasSubstr("q?=B1")));  // the second octet of ñ never comes first
    begin = end + 3;
  }
}

TEST(QuotedPrintable, EncodesWhatCannotStand) {
  EXPECT_EQ(quoted_printable("a=b\n"), "a=3Db\r\n");
  EXPECT_EQ(quoted_printable("blank \ntab\t\n"), "blank=20\r\ntab=09\r\n");
  EXPECT_EQ(quoted_printable("é\r\nx"), "=C3=A9\r\nx\r\n");
  EXPECT_EQ(quoted_printable("a\rb\n"), "a=0Db\r\n");
  EXPECT_EQ(quoted_printable(""), "");
}

TEST(QuotedPrintable, NoLineIsLongerThan76) {
  for (std::size_t size = 70; size < 240; ++size) {
    const std::string encoded = quoted_printable(std::string(size, 'x') + "\n" + std::string(size, '='));
    std::string joined;
    std::size_t begin = 0;
    while (begin < encoded.size()) {
      const std::size_t end = encoded.find("\r\n", begin);
      ASSERT_NE(end, std::string::npos);
      EXPECT_LE(end - begin, 76U);
      const bool is_soft = encoded[end - 1] == '=' && (end - begin) >= 74;
      joined += encoded.substr(begin, end - begin - (is_soft ? 1 : 0)) + (is_soft ? "" : "\n");
      begin = end + 2;
    }
    EXPECT_EQ(joined.find('\n'), size);
  }
}

TEST(MailDate, IsUtc) {
  EXPECT_EQ(mail_date(*parse_instant("2024-02-29T23:59:07Z")), "Thu, 29 Feb 2024 23:59:07 +0000");
}

}  // namespace
}  // namespace casebridge::mail
