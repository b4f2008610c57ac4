// SMTP replies: what is taken, and what ends a conversation.
#include "core/mail/smtp_reply.hpp"

#include <gtest/gtest.h>

namespace casebridge::mail {
namespace {

TEST(SmtpReplyLine, ReadsCodeEndAndText) {
  const auto last = read_reply_line("250 OK then");
  ASSERT_TRUE(last);
  EXPECT_EQ(last->code, 250);
  EXPECT_TRUE(last->is_last);
  EXPECT_EQ(last->text, "OK then");
  const auto more = read_reply_line("250-STARTTLS");
  ASSERT_TRUE(more);
  EXPECT_FALSE(more->is_last);
  EXPECT_TRUE(read_reply_line("354")->is_last);
}

TEST(SmtpReplyLine, RefusesEverythingElse) {
  for (const char* line : {"", "2", "25", "25 OK", "2500 OK", "150 go on", "650 no", "260 OK", "250OK", "abc",
                           "+50 x", "250 a\rb", "250 a\tb", " 250 OK"})
    EXPECT_FALSE(read_reply_line(line)) << line;
}

TEST(SmtpReply, FindsOfferedKeywordsInAnyCase) {
  const SmtpReply reply{250, {"mail.example", "starttls", "SIZE 1000", "AUTH PLAIN LOGIN"}};
  EXPECT_TRUE(reply.offers("STARTTLS"));
  EXPECT_TRUE(reply.offers("SIZE"));
  EXPECT_FALSE(reply.offers("START"));
  EXPECT_FALSE(reply.offers("PLAIN"));
}

TEST(Stuffing, DoublesDotsAtLineStartsOnly) {
  EXPECT_EQ(stuffed(".\r\n"), "..\r\n.\r\n");
  EXPECT_EQ(stuffed("a.b\r\n..c\r\n"), "a.b\r\n...c\r\n.\r\n");
  EXPECT_EQ(stuffed(""), ".\r\n");
}

}  // namespace
}  // namespace casebridge::mail
