// Step-up: the strongest factor once more, and a new token for the same session.
#include "core/identity/step_up.hpp"

#include "tests/unit/identity/factor_world.hpp"

namespace casebridge::identity {
namespace {

using testing::good_password;
using testing::parent_email;

class StepUpTest : public testing::FactorWorld {
 protected:
  void SetUp() override {
    FactorWorld::SetUp();
    caller_ = caller_of(*first_);
  }
  Result<void> check(const model::Caller& caller) {
    return store_->read([&](ports::Transaction& tx) {
      return check_step_up(tx.factors(), caller, clock_.now(), step_up_age_default);
    });
  }
};

TEST_F(StepUpTest, LastsTwentyMinutes) {
  clock_.advance(std::chrono::minutes{20});
  EXPECT_TRUE(check(*caller_));
  clock_.advance(std::chrono::seconds{1});
  EXPECT_EQ(check(*caller_).error().code, TroubleCode::step_up_required);
}

TEST_F(StepUpTest, WhatTheAccountHasNowDecides) {
  const model::Caller before = *caller_;
  with_app();
  EXPECT_EQ(check(before).error().code, TroubleCode::step_up_required);
  EXPECT_TRUE(check(*caller_));
}

TEST_F(StepUpTest, ThePasswordRenewsWhereThereIsNothingStronger) {
  clock_.advance(std::chrono::minutes{25});
  const FlowView asked = start("step_up", caller_);
  EXPECT_EQ(asked.step, "confirm_password");
  const auto wrong = submit(asked, fields({{"password", "not the password"}}), caller_);
  EXPECT_TRUE(refused_as(wrong, TroubleCode::sign_in_refused));
  const auto renewed = submit(*wrong, fields({{"password", good_password}}), caller_);
  ASSERT_TRUE(renewed && renewed->outcome);
  const auto left = sessions_of(caller_->account);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].id, renewed->outcome->session.id);
  EXPECT_NE(left[0].id, caller_->session);
  EXPECT_EQ(left[0].absolute_end, first_->outcome->session.absolute_end);
  EXPECT_TRUE(check(caller_of(*renewed)));
}

TEST_F(StepUpTest, AnAccountWithAnAppIsAskedForIt) {
  with_app();
  clock_.advance(std::chrono::minutes{21});
  const FlowView asked = start("step_up", caller_);
  EXPECT_EQ(asked.step, "second_factor");
  const auto renewed = submit(asked, fields({{"code", code()}}), caller_);
  ASSERT_TRUE(renewed && renewed->outcome);
  EXPECT_EQ(renewed->outcome->session.assurance, model::Assurance::two_factor);
  EXPECT_TRUE(check(caller_of(*renewed)));
}

TEST_F(StepUpTest, ARecoveryCodeWillDo) {
  with_app();
  const auto recovering = submit(start("step_up", caller_), fields({{"use_recovery_code", "1"}}), caller_);
  const auto renewed = submit(*recovering, fields({{"recovery_code", recovery_codes_[0]}}), caller_);
  EXPECT_TRUE(renewed && renewed->outcome);
}

TEST_F(StepUpTest, IsCarriedAsTheSessionWas) {
  auto flow = flows_->start("step_up", "bearer", "en", caller_, origin_);
  const auto renewed = submit(*flow, fields({{"password", good_password}}), caller_);
  ASSERT_TRUE(renewed && renewed->outcome);
  EXPECT_EQ(renewed->outcome->session.transport, "cookie");
}

TEST_F(StepUpTest, SharesTheTriesOfSignIn) {
  const FlowView asked = start("step_up", caller_);
  std::optional<Result<FlowView>> last;
  std::int64_t seq = asked.seq;
  for (int i = 0; i < 5; ++i) {
    origin_.address = "203.0.113." + std::to_string(i);
    last = flows_->submit(asked.id.text(), seq, fields({{"password", "wrong"}}), caller_, origin_);
    seq = (*last)->seq;
  }
  origin_.address = "203.0.113.50";
  EXPECT_FALSE(sign_in(parent_email)->outcome);
}

TEST_F(StepUpTest, ALockThatBeginsHereIsToldByMail) {
  (void)read_mail();
  FlowView asked = start("step_up", caller_);
  for (int i = 0; i < 5; ++i) {
    origin_.address = "203.0.113." + std::to_string(i);
    auto next = submit(asked, fields({{"password", "wrong"}}), caller_);
    ASSERT_TRUE(next);
    asked = std::move(next).value();
  }
  const auto mails = read_mail();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0].subject, "Signing in to your Casebridge account is locked for a while");
}

TEST_F(StepUpTest, AWrongCodeIsToldByMail) {
  with_app();
  (void)submit(start("step_up", caller_), fields({{"code", wrong_code()}}), caller_);
  const auto mails = read_mail();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_NE(mails[0].link("not-me"), "");
}

TEST_F(StepUpTest, AnEndedSessionIsNotRenewed) {
  const FlowView asked = start("step_up", caller_);
  ASSERT_TRUE(store_->write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_CHECK(tx.sessions().remove(caller_->account, caller_->session));
    return {};
  }));
  EXPECT_EQ(submit(asked, fields({{"password", good_password}}), caller_).error().code,
            TroubleCode::token_invalid);
  EXPECT_TRUE(sessions_of(caller_->account).empty());
}

}  // namespace
}  // namespace casebridge::identity
