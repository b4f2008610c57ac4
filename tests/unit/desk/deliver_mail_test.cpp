// Mail delivery: sent once, put off while the server is away, dropped when it will never work.
#include "core/desk/deliver_mail.hpp"

#include <fstream>
#include <iterator>

#include "tests/unit/identity/flow_world.hpp"

namespace casebridge::desk {
namespace {

// Takes mails, or answers the trouble it was told to answer.
class Postman final : public ports::Mailer {
 public:
  Result<void> send(const ports::Mail& mail) override {
    ++calls;
    if (failure) return *failure;
    taken.push_back(mail);
    return {};
  }
  int calls = 0;
  std::optional<Trouble> failure;
  std::vector<ports::Mail> taken;
};

class DeliverMailTest : public identity::testing::FlowWorld {
 protected:
  DeliverMail::Delivered deliver() { return deliver(*vault_); }
  DeliverMail::Delivered deliver(const ports::Vault& vault) {
    const auto delivered = DeliverMail(*store_, vault, postman_, clock_, log_).run();
    EXPECT_TRUE(delivered);
    return *delivered;
  }
  Postman postman_;
};

TEST_F(DeliverMailTest, SendsWhatIsQueuedOnce) {
  begin_registration("parent@mail.example");
  EXPECT_EQ(deliver().sent, 1);
  EXPECT_EQ(deliver().sent, 0);
  ASSERT_EQ(postman_.taken.size(), 1U);
  EXPECT_EQ(postman_.taken[0].to, "parent@mail.example");
  EXPECT_EQ(postman_.taken[0].subject, "Your Casebridge code");
  EXPECT_NE(postman_.taken[0].text.find("Casebridge code is:"), std::string::npos);
}

TEST_F(DeliverMailTest, TriesAgainLaterAndLater) {
  begin_registration("parent@mail.example");
  postman_.failure = trouble(TroubleCode::dependency_failed);
  EXPECT_EQ(deliver().put_off, 1);
  for (const int minutes : {1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360}) {
    clock_.advance(std::chrono::minutes{minutes} - std::chrono::seconds{1});
    EXPECT_EQ(deliver().put_off, 0) << minutes;
    clock_.advance(std::chrono::seconds{1});
    EXPECT_EQ(deliver().put_off, 1) << minutes;
  }
  postman_.failure.reset();
  clock_.advance(std::chrono::hours{6});
  EXPECT_EQ(deliver().sent, 1);
}

TEST_F(DeliverMailTest, GivesUpAfterThreeDays) {
  begin_registration("parent@mail.example");
  postman_.failure = trouble(TroubleCode::dependency_failed);
  int dropped = 0;
  int hours = 0;
  for (; hours < 100 && dropped == 0; ++hours) {
    dropped = deliver().dropped;
    clock_.advance(std::chrono::hours{1});
  }
  EXPECT_EQ(dropped, 1);
  EXPECT_GT(hours, 60);
  EXPECT_LE(hours, 73);
  postman_.failure.reset();
  EXPECT_EQ(deliver().sent, 0);
}

TEST_F(DeliverMailTest, DropsWhatTheServerRefusesForGood) {
  begin_registration("parent@mail.example");
  postman_.failure = field_trouble("to", "the mail server answered 550");
  EXPECT_EQ(deliver().dropped, 1);
  EXPECT_EQ(deliver().dropped, 0);
  EXPECT_EQ(postman_.calls, 1);
}

TEST_F(DeliverMailTest, WhatDoesNotOpenWaitsForItsKeyAsLongAsAnyOther) {
  ASSERT_TRUE(vault::KeyFiles::make(directory_ / "other"));
  const vault::RecordVault stranger(vault::KeyFiles::load(directory_ / "other").value());
  begin_registration("parent@mail.example");
  EXPECT_EQ(deliver(stranger).put_off, 1);
  EXPECT_EQ(postman_.calls, 0);
  clock_.advance(std::chrono::minutes{1});
  EXPECT_EQ(deliver().sent, 1);
  begin_registration("other@mail.example");
  clock_.advance(std::chrono::hours{71});
  EXPECT_EQ(deliver(stranger).put_off, 1);
  clock_.advance(std::chrono::hours{2});
  EXPECT_EQ(deliver(stranger).dropped, 1);
}

TEST_F(DeliverMailTest, OneThatFailsDoesNotHoldUpTheOthers) {
  begin_registration("one@mail.example");
  begin_registration("two@mail.example");
  postman_.failure = trouble(TroubleCode::dependency_failed);
  EXPECT_EQ(deliver().put_off, 2);
  EXPECT_EQ(postman_.calls, 2);
}

TEST_F(DeliverMailTest, TheLogNamesNobody) {
  const std::string path = (directory_ / "mail.log").string();
  log_ = Log::to(path, LogLevel::debug).value();
  begin_registration("parent@mail.example");
  postman_.failure = field_trouble("to", "the mail server answered 550");
  deliver();
  log_.flush();
  std::ifstream file(path);
  const std::string written{std::istreambuf_iterator<char>(file), {}};
  EXPECT_NE(written.find("mail_dropped"), std::string::npos);
  EXPECT_NE(written.find("mal_"), std::string::npos);
  EXPECT_EQ(written.find("parent"), std::string::npos);
  EXPECT_EQ(written.find("mail.example"), std::string::npos);
}

}  // namespace
}  // namespace casebridge::desk
