// The SMTP conversation against a server that says what the test wants.
#include "core/mail/smtp_mailer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/mail/scripted_server.hpp"

namespace casebridge::mail {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class SmtpMailerTest : public ::testing::Test {
 protected:
  Result<void> send(testing::ScriptedServer& server, SmtpSettings settings = {}) {
    settings.port = server.port();
    settings.sender = {"no-reply@gateway.example", ""};
    SmtpMailer mailer(std::move(settings), clock_);
    return mailer.send({"mal_01", "parent@mail.example", "Hello", ".dot\nsecond\n"});
  }
  ManualClock clock_{*parse_instant("2026-03-16T12:00:00Z")};
};

TEST_F(SmtpMailerTest, HandsTheMessageOverWithDotsDoubled) {
  testing::ScriptedServer server({"220 hi\r\n", "250-mail.example\r\n250 SIZE 1000\r\n", "250 OK\r\n",
                                  "250 OK\r\n", "354 go\r\n", "250 taken\r\n", "221 bye\r\n"});
  EXPECT_TRUE(send(server));
  EXPECT_THAT(
      server.heard(),
      ElementsAre("EHLO localhost", "MAIL FROM:<no-reply@gateway.example>", "RCPT TO:<parent@mail.example>",
                  "DATA", ::testing::AllOf(StartsWith("Date: "), HasSubstr("\r\n\r\n..dot\r\nsecond")),
                  "QUIT"));
}

TEST_F(SmtpMailerTest, AuthenticatesWhenAUserIsSet) {
  testing::ScriptedServer server({"220 hi\r\n", "250-m\r\n250 AUTH PLAIN\r\n", "235 in\r\n", "250 OK\r\n",
                                  "250 OK\r\n", "354 go\r\n", "250 taken\r\n"});
  SmtpSettings settings;
  settings.user = "gateway";
  settings.password = SecretBytes::copy_of("pass>?");
  EXPECT_TRUE(send(server, std::move(settings)));
  EXPECT_EQ(server.heard()[1], "AUTH PLAIN AGdhdGV3YXkAcGFzcz4/");
}

TEST_F(SmtpMailerTest, ARefusedRecipientIsRefusedForGood) {
  testing::ScriptedServer server({"220 hi\r\n", "250 m\r\n", "250 OK\r\n", "550 nobody\r\n"});
  const auto sent = send(server);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().code, TroubleCode::invalid_field);
  EXPECT_EQ(sent.error().detail, "the mail server answered 550");
}

TEST_F(SmtpMailerTest, ABusyServerIsTriedAgain) {
  testing::ScriptedServer server({"220 hi\r\n", "250 m\r\n", "250 OK\r\n", "451 later\r\n"});
  EXPECT_EQ(send(server).error().code, TroubleCode::dependency_failed);
}

TEST_F(SmtpMailerTest, AServerThatDoesNotSpeakSmtpIsLeft) {
  for (const char* greeting : {"hello\r\n", "220 hi\n", "220-a\r\n250 b\r\n", "554 no\r\n", ""}) {
    testing::ScriptedServer server({greeting});
    SmtpSettings settings;
    settings.timeout_ms = std::chrono::milliseconds{300};
    EXPECT_EQ(send(server, std::move(settings)).error().code, TroubleCode::dependency_failed) << greeting;
  }
}

TEST_F(SmtpMailerTest, TheTimeoutIsOfTheWholeConversation) {
  testing::ScriptedServer server({"220-one\r\n"});
  SmtpSettings settings;
  settings.timeout_ms = std::chrono::milliseconds{200};
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_FALSE(send(server, std::move(settings)));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{3});
}

TEST_F(SmtpMailerTest, WantedEncryptionIsNotDoneWithout) {
  testing::ScriptedServer server({"220 hi\r\n", "250 m\r\n"});
  SmtpSettings settings;
  settings.encrypt = true;
  EXPECT_FALSE(send(server, std::move(settings)));
  EXPECT_THAT(server.heard(), ElementsAre("EHLO localhost"));
}

TEST_F(SmtpMailerTest, CommandsSentBeforeTheEncryptionEndIt) {
  testing::ScriptedServer server({"220 hi\r\n", "250-m\r\n250 STARTTLS\r\n", "220 go\r\n250 injected\r\n"});
  SmtpSettings settings;
  settings.encrypt = true;
  const auto sent = send(server, std::move(settings));
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().detail, "the mail server sent commands before the encryption");
}

TEST_F(SmtpMailerTest, NobodyListeningIsADependencyThatFailed) {
  SmtpSettings settings;
  settings.port = 1;
  settings.sender = {"no-reply@gateway.example", ""};
  SmtpMailer mailer(std::move(settings), clock_);
  EXPECT_EQ(mailer.send({"mal_01", "parent@mail.example", "Hello", "x\n"}).error().code,
            TroubleCode::dependency_failed);
}

TEST_F(SmtpMailerTest, APasswordIsNeverSentInClearToAnotherMachine) {
  SmtpSettings settings;
  settings.host = "mail.example";
  settings.user = "gateway";
  EXPECT_THROW(SmtpMailer(std::move(settings), clock_), std::invalid_argument);
}

}  // namespace
}  // namespace casebridge::mail
