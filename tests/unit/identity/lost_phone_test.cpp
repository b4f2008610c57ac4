// A lost phone: what replaces the app at once, what has to wait, who hears of it, and how it is stopped.
#include "core/ports/store_safety.hpp"
#include "tests/unit/identity/factor_world.hpp"

namespace casebridge::identity {
namespace {

using testing::from_base32;
using testing::good_password;
using testing::other_password;
using testing::parent_email;
using testing::ReadMail;
using testing::shown_in;

class LostPhoneTest : public testing::FactorWorld {
 protected:
  void SetUp() override {
    FactorWorld::SetUp();
    with_app();
  }
  // After the password and the code from the mail.
  FlowView proved() {
    const auto waiting =
        submit(start("lost_phone"), fields({{"email", parent_email}, {"password", good_password}}));
    EXPECT_TRUE(waiting && waiting->step == "code");
    auto next = submit(*waiting, fields({{"code", mailed_code()}}));
    EXPECT_TRUE(next) << next.error().detail;
    return std::move(next).value();
  }
  std::optional<ports::Hold> hold() {
    std::optional<ports::Hold> found;
    EXPECT_TRUE(store_->read([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(found, tx.safety().find_hold(account_of(parent_email)->id, hold_lost_phone));
      return {};
    }));
    return found;
  }
  ReadMail begun() {
    const auto waiting = submit(proved(), fields({{"begin_hold", "true"}}));
    EXPECT_TRUE(waiting && waiting->step == "waiting");
    const auto mails = read_mail();
    EXPECT_EQ(mails.size(), 1U);
    return mails.front();
  }
  Result<FlowView> set_new_app(const FlowView& offered) {
    secret_ = from_base32(shown_in(offered, "secret"));
    return submit(offered, fields({{"code", code()}}));
  }
};

TEST_F(LostPhoneTest, ARecoveryCodeReplacesTheAppAtOnce) {
  const auto typing = submit(proved(), fields({{"use_recovery_code", "true"}}));
  ASSERT_EQ(typing->step, "recovery_code");
  const auto offered = submit(*typing, fields({{"recovery_code", recovery_codes_.front()}}));
  ASSERT_TRUE(offered) << offered.error().detail;
  ASSERT_EQ(offered->step, "add_app");
  const auto done = set_new_app(*offered);
  ASSERT_TRUE(done && done->done);
  EXPECT_FALSE(done->outcome);
  EXPECT_EQ(done->shown.size(), 10U);
  EXPECT_TRUE(sessions_of(account_of(parent_email)->id).empty());
  next_step();
  EXPECT_TRUE(submit(half_signed_in(), fields({{"code", code()}}))->outcome);
}

TEST_F(LostPhoneTest, WithoutOneTheNewAppHasToWaitADay) {
  begun();
  EXPECT_EQ(hold()->due_at, clock_.now() + std::chrono::hours{24});
  clock_.advance(std::chrono::hours{24} - std::chrono::seconds{1});
  EXPECT_EQ(proved().step, "waiting");
  clock_.advance(std::chrono::hours{1});
  const FlowView offered = proved();
  ASSERT_EQ(offered.step, "add_app");
  ASSERT_TRUE(set_new_app(offered)->done);
  EXPECT_FALSE(hold());
  next_step();
  EXPECT_TRUE(submit(half_signed_in(), fields({{"code", code()}}))->outcome);
}

TEST_F(LostPhoneTest, TheWaitingSurvivesARestart) {
  begun();
  renew_flows();
  clock_.advance(std::chrono::hours{25});
  renew_flows();
  EXPECT_EQ(proved().step, "add_app");
}

TEST_F(LostPhoneTest, WhoDoesNotComeBackInTimeBeginsAgain) {
  begun();
  clock_.advance(std::chrono::hours{24 + 72});
  const FlowView again = proved();
  EXPECT_EQ(again.step, "lost_phone");
  ASSERT_EQ(submit(again, fields({{"begin_hold", "true"}}))->step, "waiting");
  EXPECT_EQ(hold()->due_at, clock_.now() + std::chrono::hours{24});
}

TEST_F(LostPhoneTest, BeginningTwiceDoesNotMakeItShorterOrLonger) {
  const FlowView first = proved(), second = proved();
  ASSERT_TRUE(submit(first, fields({{"begin_hold", "true"}})));
  const Instant due = hold()->due_at;
  clock_.advance(std::chrono::minutes{5});
  ASSERT_TRUE(submit(second, fields({{"begin_hold", "true"}})));
  EXPECT_EQ(hold()->due_at, due);
}

TEST_F(LostPhoneTest, ALinkInTheMailStopsIt) {
  const ReadMail mail = begun();
  ASSERT_FALSE(mail.link("stop").empty());
  ASSERT_FALSE(mail.link("not-me").empty());
  ASSERT_TRUE(submit(start("stop_hold"), fields({{"link_code", mail.link("stop")}}))->done);
  EXPECT_FALSE(hold());
  clock_.advance(std::chrono::hours{25});
  EXPECT_EQ(proved().step, "lost_phone");
}

TEST_F(LostPhoneTest, ALinkIsOfNoUseInTheOtherFlow) {
  const ReadMail mail = begun();
  EXPECT_TRUE(refused_as(submit(start("not_me"), fields({{"link_code", mail.link("stop")}})),
                         TroubleCode::code_refused));
  EXPECT_TRUE(refused_as(submit(start("stop_hold"), fields({{"link_code", mail.link("not-me")}})),
                         TroubleCode::code_refused));
  EXPECT_TRUE(hold());
}

TEST_F(LostPhoneTest, SayingThatItWasNotMeStopsItToo) {
  const ReadMail mail = begun();
  ASSERT_TRUE(submit(start("not_me"), fields({{"link_code", mail.link("not-me")}}))->done);
  EXPECT_FALSE(hold());
}

TEST_F(LostPhoneTest, TheWayBackStaysOpenAfterNotMe) {
  ASSERT_TRUE(submit(start("not_me"), fields({{"link_code", begun().link("not-me")}}))->done);
  EXPECT_TRUE(refused_as(sign_in(parent_email), TroubleCode::sign_in_refused));
  const FlowView asking = proved();
  ASSERT_EQ(asking.step, "lost_phone");
  ASSERT_EQ(submit(asking, fields({{"begin_hold", "true"}}))->step, "waiting");
  clock_.advance(std::chrono::hours{25});
  ASSERT_TRUE(set_new_app(proved())->done);
  EXPECT_TRUE(refused_as(sign_in(parent_email), TroubleCode::sign_in_refused));
  next_step();
  const auto waiting = submit(start("reset_password"), fields({{"email", parent_email}}));
  const auto second = submit(*waiting, fields({{"code", mailed_code()}}));
  const auto choosing = submit(*second, fields({{"code", code()}}));
  ASSERT_TRUE(submit(*choosing, fields({{"new_password", other_password}}))->done);
  EXPECT_EQ(sign_in(parent_email, other_password)->step, "second_factor");
}

TEST_F(LostPhoneTest, ALinkStopsOnlyTheWaitingItWasMailedFor) {
  const ReadMail first = begun();
  next_step();
  ASSERT_TRUE(submit(half_signed_in(), fields({{"code", code()}}))->outcome);  // which stops it
  const ReadMail second = begun();
  EXPECT_TRUE(refused_as(submit(start("stop_hold"), fields({{"link_code", first.link("stop")}})),
                         TroubleCode::code_refused));
  EXPECT_TRUE(hold());
  ASSERT_TRUE(submit(start("stop_hold"), fields({{"link_code", second.link("stop")}}))->done);
  EXPECT_FALSE(hold());
}

TEST_F(LostPhoneTest, WhoSignsInWithTheAppHasNotLostIt) {
  begun();
  next_step();
  ASSERT_TRUE(submit(half_signed_in(), fields({{"code", code()}}))->outcome);
  EXPECT_FALSE(hold());
}

TEST_F(LostPhoneTest, AnAppThatWasOfferedIsOfNoUseOnceItWasStopped) {
  const ReadMail mail = begun();
  clock_.advance(std::chrono::hours{25});
  const FlowView offered = proved();
  ASSERT_EQ(offered.step, "add_app");
  ASSERT_TRUE(submit(start("stop_hold"), fields({{"link_code", mail.link("stop")}}))->done);
  const auto late = set_new_app(offered);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, TroubleCode::flow_expired);
}

TEST_F(LostPhoneTest, TheSecretIsShownInItsAnswerAndNotToWhoKnowsTheFlow) {
  begun();
  clock_.advance(std::chrono::hours{25});
  const FlowView offered = proved();
  ASSERT_FALSE(shown_in(offered, "secret").empty());
  EXPECT_TRUE(flows_->read(offered.id.text(), {})->shown.empty());
}

TEST_F(LostPhoneTest, AnAccountWithoutAnAppHasNothingToReplace) {
  register_account("other@mail.example");
  (void)read_mail();
  const auto view =
      submit(start("lost_phone"), fields({{"email", "other@mail.example"}, {"password", good_password}}));
  ASSERT_TRUE(view);
  EXPECT_EQ(view->step, "no_app");
  EXPECT_TRUE(view->nodes.empty());
  EXPECT_TRUE(read_mail().empty());
}

TEST_F(LostPhoneTest, UnknownAndWrongLookAsTheyDoAtASignIn) {
  const auto wrong =
      submit(start("lost_phone"), fields({{"email", parent_email}, {"password", other_password}}));
  const auto unknown =
      submit(start("lost_phone"), fields({{"email", "nobody@mail.example"}, {"password", other_password}}));
  EXPECT_TRUE(refused_as(wrong, TroubleCode::sign_in_refused));
  EXPECT_EQ(testing::seen_of(*wrong), testing::seen_of(*unknown));
}

}  // namespace
}  // namespace casebridge::identity
