// Sign-in with a second factor: no session before it, each code once, and a limit on wrong ones.
#include <atomic>
#include <thread>

#include "tests/unit/identity/factor_world.hpp"

namespace casebridge::identity {
namespace {

using testing::good_password;
using testing::parent_email;
using testing::seen_of;

class SecondFactorTest : public testing::FactorWorld {
 protected:
  void SetUp() override {
    FactorWorld::SetUp();
    with_app();
  }
  std::size_t sessions() { return sessions_of(caller_->account).size(); }
  FlowView recovering() { return submit(half_signed_in(), fields({{"use_recovery_code", "1"}})).value(); }
};

TEST_F(SecondFactorTest, ThePasswordAloneGivesNoSession) {
  const FlowView half = half_signed_in();
  EXPECT_FALSE(half.done);
  EXPECT_FALSE(half.outcome);
  EXPECT_EQ(sessions(), 1U);
  const auto done = submit(half, fields({{"code", code()}}));
  ASSERT_TRUE(done && done->outcome);
  EXPECT_EQ(done->outcome->session.assurance, model::Assurance::two_factor);
  EXPECT_EQ(done->outcome->session.authenticated_at, clock_.now());
  EXPECT_EQ(sessions(), 2U);
}

TEST_F(SecondFactorTest, AWrongCodeGivesNone) {
  const auto wrong = submit(half_signed_in(), fields({{"code", wrong_code()}}));
  EXPECT_TRUE(refused_as(wrong, TroubleCode::code_refused));
  EXPECT_EQ(sessions(), 1U);
  EXPECT_TRUE(submit(*wrong, fields({{"code", code()}}))->outcome);
}

TEST_F(SecondFactorTest, ACodeIsTakenOnceWithinItsWindow) {
  const std::string used = code();
  ASSERT_TRUE(submit(half_signed_in(), fields({{"code", used}}))->outcome);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(refused_as(submit(half_signed_in(), fields({{"code", used}})), TroubleCode::code_refused));
    clock_.advance(std::chrono::seconds{29});
  }
}

TEST_F(SecondFactorTest, ACodeOlderThanTheLastOneIsNotTaken) {
  const std::string older = code(-1);
  ASSERT_TRUE(submit(half_signed_in(), fields({{"code", code()}}))->outcome);
  EXPECT_TRUE(refused_as(submit(half_signed_in(), fields({{"code", older}})), TroubleCode::code_refused));
}

TEST_F(SecondFactorTest, TheCodeThatAddedTheAppDoesNotSignIn) {
  clock_.advance(std::chrono::seconds{-30});
  EXPECT_TRUE(refused_as(submit(half_signed_in(), fields({{"code", code()}})), TroubleCode::code_refused));
}

TEST_F(SecondFactorTest, OfParallelFlowsWithOneCodeOneSignsIn) {
  std::vector<FlowView> flows;
  for (int i = 0; i < 4; ++i) flows.push_back(half_signed_in());
  const std::string one = code();
  std::atomic<int> signed_in{0};
  std::vector<std::thread> threads;
  for (const FlowView& flow : flows)
    threads.emplace_back([&] {
      const auto answer = submit(flow, fields({{"code", one}}));
      if (answer && answer->outcome) ++signed_in;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(signed_in, 1);
}

TEST_F(SecondFactorTest, TenWrongCodesAnHourAndTheRightOneLooksWrong) {
  std::string seen;
  for (int i = 0; i < 10; ++i) {
    origin_.address = "203.0.113." + std::to_string(i);
    const auto wrong = submit(half_signed_in(), fields({{"code", wrong_code()}}));
    ASSERT_TRUE(refused_as(wrong, TroubleCode::code_refused));
    seen = seen_of(*wrong);
    next_step();
  }
  origin_.address = "203.0.113.99";
  const FlowView half = half_signed_in();
  const auto right = submit(half, fields({{"code", code()}}));
  EXPECT_TRUE(refused_as(right, TroubleCode::code_refused));
  EXPECT_EQ(seen_of(*right).substr(0, seen.size() - 20), seen.substr(0, seen.size() - 20));
  clock_.advance(std::chrono::hours{1});
  EXPECT_TRUE(submit(half_signed_in(), fields({{"code", code()}}))->outcome);
}

TEST_F(SecondFactorTest, OneAddressMayTryAnAccountFiveTimesAMinute) {
  for (int i = 0; i < 5; ++i) (void)submit(half_signed_in(), fields({{"code", wrong_code()}}));
  EXPECT_TRUE(refused_as(submit(half_signed_in(), fields({{"code", code()}})), TroubleCode::code_refused));
  clock_.advance(std::chrono::minutes{1});
  EXPECT_TRUE(submit(half_signed_in(), fields({{"code", code()}}))->outcome);
}

TEST_F(SecondFactorTest, TheOwnerIsToldOnceAnHourThatThePasswordIsKnown) {
  for (int i = 0; i < 3; ++i) (void)submit(half_signed_in(), fields({{"code", wrong_code()}}));
  const auto mails = read_mail();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0].to, parent_email);
  EXPECT_EQ(mails[0].subject, "Somebody could not finish signing in to your Casebridge account");
}

TEST_F(SecondFactorTest, WhatOneFlowWasShownIsOfNoUseToAnother) {
  const FlowView half = half_signed_in();
  const auto other = submit(start("sign_in"), fields({{"code", code()}}));
  EXPECT_EQ(other.error().code, TroubleCode::invalid_field);
  const auto back = submit(half, fields({{"email", parent_email}, {"password", good_password}}));
  EXPECT_EQ(back.error().code, TroubleCode::invalid_field);
}

TEST_F(SecondFactorTest, APasswordThatWasChangedMeanwhileCountsNoMore) {
  const FlowView half = half_signed_in();
  const FlowView change = start("change_password", caller_);
  ASSERT_TRUE(submit(change,
                     fields({{"current_password", good_password}, {"new_password", testing::other_password}}),
                     caller_)
                  ->done);
  EXPECT_EQ(submit(half, fields({{"code", code()}})).error().code, TroubleCode::flow_expired);
}

TEST_F(SecondFactorTest, ThePasswordIsGoodForTenMinutes) {
  const FlowView half = half_signed_in();
  clock_.advance(std::chrono::minutes{10});
  EXPECT_EQ(submit(half, fields({{"code", code()}})).error().code, TroubleCode::flow_expired);
}

TEST_F(SecondFactorTest, ARecoveryCodeTakesTheAppsPlaceOnce) {
  ASSERT_EQ(recovery_codes_.size(), 10U);
  const auto done = submit(recovering(), fields({{"recovery_code", recovery_codes_[3]}}));
  ASSERT_TRUE(done && done->outcome);
  EXPECT_EQ(done->outcome->session.assurance, model::Assurance::two_factor);
  const auto mails = other_mail();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0].subject, "A recovery code of your Casebridge account was used");
  EXPECT_NE(mails[0].text.find("left: 9."), std::string::npos);
  EXPECT_EQ(mails[0].text.find(recovery_codes_[3]), std::string::npos);
  const auto again = submit(recovering(), fields({{"recovery_code", recovery_codes_[3]}}));
  EXPECT_TRUE(refused_as(again, TroubleCode::code_refused));
}

TEST_F(SecondFactorTest, OfParallelUsesOfARecoveryCodeOneSignsIn) {
  std::vector<FlowView> flows;
  for (int i = 0; i < 4; ++i) flows.push_back(recovering());
  std::atomic<int> signed_in{0};
  std::vector<std::thread> threads;
  for (const FlowView& flow : flows)
    threads.emplace_back([&] {
      const auto answer = submit(flow, fields({{"recovery_code", recovery_codes_[0]}}));
      if (answer && answer->outcome) ++signed_in;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(signed_in, 1);
}

TEST_F(SecondFactorTest, ARecoveryCodeOfAnotherAccountIsWrong) {
  register_account("other@mail.example");
  auto other = std::optional<model::Caller>(caller_of(*sign_in("other@mail.example")));
  const auto mine = recovery_codes_;
  (void)add_app(other);
  EXPECT_TRUE(refused_as(submit(recovering(), fields({{"recovery_code", recovery_codes_[0]}})),
                         TroubleCode::code_refused));
  EXPECT_TRUE(submit(recovering(), fields({{"recovery_code", mine[0]}}))->outcome);
}

TEST_F(SecondFactorTest, RecoveryCodesAreCountedApartFromTheApp) {
  for (int i = 0; i < 10; ++i) {
    origin_.address = "203.0.113." + std::to_string(i);
    const auto wrong = submit(recovering(), fields({{"recovery_code", "0000-0000-0000-0000"}}));
    EXPECT_TRUE(refused_as(wrong, TroubleCode::code_refused));
  }
  origin_.address = "203.0.113.99";
  EXPECT_TRUE(refused_as(submit(recovering(), fields({{"recovery_code", recovery_codes_[0]}})),
                         TroubleCode::code_refused));
  EXPECT_TRUE(submit(half_signed_in(), fields({{"code", code()}}))->outcome);
}

TEST_F(SecondFactorTest, EveryTryOfARecoveryCodeCostsOneHash) {
  const auto hashes_of = [&](const std::string& typed) {
    const FlowView view = recovering();
    const auto before = hasher_->verifications();
    EXPECT_TRUE(submit(view, fields({{"recovery_code", typed}})));
    return hasher_->verifications() - before;
  };
  EXPECT_EQ(hashes_of("0000-0000-0000-0000"), 1);
  EXPECT_EQ(hashes_of(recovery_codes_[0]), 1);
  EXPECT_EQ(hashes_of(recovery_codes_[0]), 1);
}

TEST_F(SecondFactorTest, OneMayGoBackToTheApp) {
  const auto back = submit(recovering(), fields({{"use_app", "1"}}));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->step, "second_factor");
  EXPECT_TRUE(submit(*back, fields({{"code", code()}}))->outcome);
}

}  // namespace
}  // namespace casebridge::identity
