// "This wasn't me": what the link of an alert does, that it does it once, and that looking at it does
// nothing.
#include "core/ports/store_safety.hpp"
#include "tests/unit/identity/passkey_world.hpp"

namespace casebridge::identity {
namespace {

using testing::good_password;
using testing::other_password;
using testing::parent_email;
using testing::ReadMail;

class NotMeTest : public testing::PasskeyWorld {
 protected:
  std::string link_of_an_alert() {
    (void)sign_in(parent_email);
    return link_in_mail();
  }
  std::string link_in_mail() {
    for (const ReadMail& mail : read_mail())
      if (!mail.link("not-me").empty()) return mail.link("not-me");
    ADD_FAILURE() << "no alert has a link";
    return "";
  }
  // What is asked for beside the mail when the password is forgotten.
  std::string step_after_mailed_code() {
    (void)read_mail();
    const auto waiting = submit(start("reset_password"), fields({{"email", parent_email}}));
    const auto next = submit(*waiting, fields({{"code", mailed_code()}}));
    EXPECT_TRUE(next) << next.error().detail;
    return next ? next->step : "";
  }
  std::size_t recovery_codes() {
    std::size_t count = 0;
    EXPECT_TRUE(store_->read([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(const auto found, tx.factors().unused_recovery_codes(caller_->account));
      count = found.size();
      return {};
    }));
    return count;
  }
  Result<FlowView> follow(const std::string& link, const char* kind = "not_me") {
    return submit(start(kind), fields({{"link_code", link}}));
  }
  std::size_t devices() {
    std::size_t count = 0;
    EXPECT_TRUE(store_->read([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(const auto found, tx.devices().list(account_of(parent_email)->id));
      count = found.size();
      return {};
    }));
    return count;
  }
};

TEST_F(NotMeTest, EndsEverySessionForgetsEveryDeviceAndStopsThePassword) {
  const std::string link = link_of_an_alert();
  ASSERT_FALSE(sessions_of(account_of(parent_email)->id).empty());
  const auto done = follow(link);
  ASSERT_TRUE(done && done->done);
  EXPECT_FALSE(done->outcome);
  EXPECT_TRUE(sessions_of(account_of(parent_email)->id).empty());
  EXPECT_EQ(devices(), 0U);
  EXPECT_FALSE(sign_in(parent_email)->outcome);
}

TEST_F(NotMeTest, IsToldByMailWithoutAnotherLink) {
  ASSERT_TRUE(follow(link_of_an_alert())->done);
  const auto mails = read_mail();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails.front().to, parent_email);
  EXPECT_EQ(mails.front().link("not-me"), "");
}

TEST_F(NotMeTest, ANewPasswordOpensTheAccountAgain) {
  ASSERT_TRUE(follow(link_of_an_alert())->done);
  (void)read_mail();
  const auto waiting = submit(start("reset_password"), fields({{"email", parent_email}}));
  const auto choosing = submit(*waiting, fields({{"code", mailed_code()}}));
  ASSERT_TRUE(submit(*choosing, fields({{"new_password", other_password}}))->done);
  EXPECT_TRUE(sign_in(parent_email, other_password)->outcome);
}

TEST_F(NotMeTest, TheSecondFactorStays) {
  with_app();
  const FlowView half = half_signed_in();
  ASSERT_TRUE(submit(half, fields({{"code", code()}}))->done);
  const auto mails = read_mail();
  ASSERT_FALSE(mails.empty());
  ASSERT_TRUE(follow(mails.back().link("not-me"))->done);
  EXPECT_EQ(step_after_mailed_code(), "second_factor");
  EXPECT_EQ(recovery_codes(), 10U);
}

TEST_F(NotMeTest, APasskeyThatTheAlertToldOfGoesToo) {
  (void)add_passkey(device_);
  ASSERT_TRUE(follow(link_in_mail())->done);
  EXPECT_TRUE(passkeys().empty());
  EXPECT_EQ(recovery_codes(), 0U);
  EXPECT_EQ(step_after_mailed_code(), "new_password");
}

TEST_F(NotMeTest, AnAppThatTheAlertToldOfGoesToo) {
  (void)add_app(caller_);
  ASSERT_TRUE(follow(link_in_mail())->done);
  EXPECT_EQ(recovery_codes(), 0U);
  EXPECT_EQ(step_after_mailed_code(), "new_password");
}

TEST_F(NotMeTest, WhatWasAddedAfterTheAlertGoesTooAndWhatIsOlderStays) {
  with_app();
  clock_.advance(std::chrono::minutes{1});
  ASSERT_TRUE(submit(half_signed_in(), fields({{"code", code()}}))->done);
  const std::string link = link_in_mail();
  clock_.advance(std::chrono::minutes{1});
  (void)add_passkey(device_);
  ASSERT_TRUE(follow(link)->done);
  EXPECT_TRUE(passkeys().empty());
  EXPECT_EQ(step_after_mailed_code(), "second_factor");
  EXPECT_EQ(recovery_codes(), 10U);
}

TEST_F(NotMeTest, RecoveryCodesOfAnAppThatGoesGoWithIt) {
  with_passkey();
  clock_.advance(std::chrono::minutes{1});
  (void)add_app(caller_);
  ASSERT_TRUE(follow(link_in_mail())->done);
  EXPECT_EQ(passkeys().size(), 1U);
  EXPECT_EQ(recovery_codes(), 0U);
}

TEST_F(NotMeTest, RecoveryCodesThatTheAlertToldOfGoAndTheAppStays) {
  with_app();
  clock_.advance(std::chrono::minutes{1});
  ASSERT_TRUE(submit(start("recovery_codes", caller_), fields({{"make", "1"}}), caller_)->done);
  ASSERT_TRUE(follow(link_in_mail())->done);
  EXPECT_EQ(recovery_codes(), 0U);
  EXPECT_EQ(step_after_mailed_code(), "second_factor");
}

TEST_F(NotMeTest, AfterThreeDaysAFactorIsNotTakenAwayByAMail) {
  (void)add_passkey(device_);
  const std::string link = link_in_mail();
  clock_.advance(std::chrono::hours{72});
  ASSERT_TRUE(follow(link)->done);
  EXPECT_EQ(passkeys().size(), 1U);
  EXPECT_EQ(recovery_codes(), 10U);
}

TEST_F(NotMeTest, AStoppedPasswordLooksLikeAWrongOne) {
  ASSERT_TRUE(follow(link_of_an_alert())->done);
  const auto right = sign_in(parent_email, good_password), wrong = sign_in(parent_email, other_password);
  EXPECT_TRUE(refused_as(right, TroubleCode::sign_in_refused));
  EXPECT_EQ(testing::seen_of(*right), testing::seen_of(*wrong));
}

TEST_F(NotMeTest, OneLinkUsesUpTheOthers) {
  const std::string link = link_of_an_alert(), other = link_of_an_alert();
  ASSERT_TRUE(follow(link)->done);
  EXPECT_TRUE(refused_as(follow(other), TroubleCode::code_refused));
}

TEST_F(NotMeTest, WorksOnce) {
  const std::string link = link_of_an_alert();
  ASSERT_TRUE(follow(link)->done);
  const auto again = follow(link);
  EXPECT_TRUE(refused_as(again, TroubleCode::code_refused));
  EXPECT_FALSE(again->done);
}

TEST_F(NotMeTest, TheLinkOfAnEarlierAlertStillTakesAwayWhatItToldOf) {
  (void)add_passkey(device_);
  const std::string of_passkey = link_in_mail();
  clock_.advance(std::chrono::minutes{1});
  ASSERT_TRUE(submit(start("recovery_codes", caller_), fields({{"make", "1"}}), caller_)->done);
  ASSERT_TRUE(follow(link_in_mail())->done);
  EXPECT_EQ(passkeys().size(), 1U);
  ASSERT_TRUE(follow(of_passkey)->done);
  EXPECT_TRUE(passkeys().empty());
}

TEST_F(NotMeTest, WorksForTenDaysAndNoLonger) {
  const std::string late = link_of_an_alert();
  clock_.advance(std::chrono::hours{240});
  EXPECT_TRUE(refused_as(follow(late), TroubleCode::code_refused));
  const std::string link = link_of_an_alert();
  clock_.advance(std::chrono::hours{240} - std::chrono::seconds{1});
  EXPECT_TRUE(follow(link)->done);
}

TEST_F(NotMeTest, LookingDoesNothing) {
  const std::string link = link_of_an_alert();
  const FlowView form = start("not_me");
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(flows_->read(form.id.text(), {}));
  EXPECT_FALSE(sessions_of(account_of(parent_email)->id).empty());
  EXPECT_TRUE(submit(form, fields({{"link_code", link}}))->done);
}

TEST_F(NotMeTest, AWrongLinkChangesNothingAndTriesAreCounted) {
  const FlowView form = start("not_me");
  Result<FlowView> answer = submit(form, fields({{"link_code", std::string(43, 'A')}}));
  ASSERT_TRUE(refused_as(answer, TroubleCode::code_refused));
  EXPECT_FALSE(sessions_of(account_of(parent_email)->id).empty());
  bool limited = false;
  for (int i = 0; i < 25 && !limited; ++i) {
    answer = submit(*answer, fields({{"link_code", "x"}}));
    limited = !answer && answer.error().code == TroubleCode::rate_limited;
    if (!answer) break;
  }
  EXPECT_TRUE(limited);
}

TEST_F(NotMeTest, EndsFlowsUnderWay) {
  with_app();
  const FlowView half = half_signed_in();
  (void)read_mail();
  (void)submit(half_signed_in(), fields({{"code", wrong_code()}}));
  const auto mails = read_mail();
  ASSERT_FALSE(mails.empty());
  ASSERT_TRUE(follow(mails.back().link("not-me"))->done);
  next_step();
  const auto late = submit(half, fields({{"code", code()}}));
  EXPECT_FALSE(late && late->outcome);
}

TEST_F(NotMeTest, WhatTheLinkCarriesIsNotStored) {
  const std::string link = link_of_an_alert();
  std::optional<ports::MailedLink> stored;
  EXPECT_TRUE(store_->read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(stored, tx.safety().find_link("not_me", digest_of(link)));
    return {};
  }));
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->expires_at, clock_.now() + std::chrono::hours{240});
}

}  // namespace
}  // namespace casebridge::identity
