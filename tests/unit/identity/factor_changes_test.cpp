// Adding and removing an authenticator app, and new recovery codes.
#include "tests/unit/identity/factor_world.hpp"

namespace casebridge::identity {
namespace {

using testing::good_password;
using testing::parent_email;
using testing::shown_in;

class FactorChangesTest : public testing::FactorWorld {
 protected:
  void SetUp() override {
    FactorWorld::SetUp();
    caller_ = caller_of(*first_);
  }
  Result<FlowView> begin(const std::string& kind) {
    return flows_->start(kind, "cookie", "en", caller_, origin_);
  }
};

TEST_F(FactorChangesTest, AnAppIsAddedWhenItHasShownACode) {
  const FlowView offered = start("add_totp", caller_);
  EXPECT_EQ(offered.step, "add_app");
  const std::string text = shown_in(offered, "secret");
  EXPECT_EQ(text.size(), 32U);
  EXPECT_NE(shown_in(offered, "uri").find("secret=" + text), std::string::npos);
  secret_ = testing::from_base32(text);
  const auto wrong = submit(offered, fields({{"code", wrong_code()}}), caller_);
  EXPECT_TRUE(refused_as(wrong, TroubleCode::code_refused));
  EXPECT_EQ(shown_in(*wrong, "secret"), text);
  EXPECT_TRUE(sign_in(parent_email)->outcome);  // nothing is asked before that
  ASSERT_TRUE(submit(*wrong, fields({{"code", code()}}), caller_)->done);
  EXPECT_EQ(sign_in(parent_email)->step, "second_factor");
}

TEST_F(FactorChangesTest, TheCallerGoesOnWithANewSessionAndNobodyElseDoes) {
  (void)sign_in(parent_email);
  const FlowView added = add_app(caller_);
  const auto left = sessions_of(caller_->account);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].id, added.outcome->session.id);
  EXPECT_NE(left[0].id, first_->outcome->session.id);
  EXPECT_EQ(left[0].assurance, model::Assurance::two_factor);
  EXPECT_EQ(left[0].absolute_end, first_->outcome->session.absolute_end);
  EXPECT_EQ(other_mail().back().subject, "An authenticator app was added to your Casebridge account");
}

TEST_F(FactorChangesTest, RecoveryCodesAreShownOnce) {
  const FlowView added = add_app(caller_);
  EXPECT_EQ(recovery_codes_.size(), 10U);
  const auto again = flows_->read(added.id.text(), caller_);
  EXPECT_FALSE(again);  // it was a flow of the session before
}

TEST_F(FactorChangesTest, NeedAFreshProof) {
  clock_.advance(std::chrono::minutes{20});
  EXPECT_TRUE(begin("add_totp"));
  const FlowView offered = start("add_totp", caller_);
  clock_.advance(std::chrono::seconds{1});
  const auto late = begin("add_totp");
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, TroubleCode::step_up_required);
  EXPECT_EQ(late.error().remedy_action, "step_up");
  secret_ = testing::from_base32(shown_in(offered, "secret"));
  EXPECT_EQ(submit(offered, fields({{"code", code()}}), caller_).error().code, TroubleCode::step_up_required);
}

TEST_F(FactorChangesTest, AreOfTheSessionThatBeganThem) {
  EXPECT_EQ(flows_->start("add_totp", "cookie", "en", {}, origin_).error().code, TroubleCode::token_missing);
  const FlowView offered = start("add_totp", caller_);
  EXPECT_EQ(flows_->read(offered.id.text(), {}).error().code, TroubleCode::flow_not_found);
  const auto other = caller_of(*sign_in(parent_email));
  EXPECT_EQ(flows_->read(offered.id.text(), other).error().code, TroubleCode::flow_not_found);
}

TEST_F(FactorChangesTest, ASessionThatHasEndedChangesNothing) {
  const FlowView offered = start("add_totp", caller_);
  secret_ = testing::from_base32(shown_in(offered, "secret"));
  ASSERT_TRUE(store_->write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_CHECK(tx.sessions().remove(caller_->account, caller_->session));
    return {};
  }));
  EXPECT_EQ(submit(offered, fields({{"code", code()}}), caller_).error().code, TroubleCode::token_invalid);
  EXPECT_TRUE(sign_in(parent_email)->outcome);
}

TEST_F(FactorChangesTest, ANewAppTakesTheOldOnesPlace) {
  (void)add_app(caller_);
  const SecretBytes old = secret_.clone();
  const auto old_codes = recovery_codes_;
  next_step();
  (void)add_app(caller_);
  next_step();
  const auto with_old = totp_code(old, totp_step_at(clock_.now()));
  EXPECT_TRUE(refused_as(submit(half_signed_in(), fields({{"code", std::string(with_old.reveal())}})),
                         TroubleCode::code_refused));
  const auto recovering = submit(half_signed_in(), fields({{"use_recovery_code", "1"}}));
  EXPECT_TRUE(
      refused_as(submit(*recovering, fields({{"recovery_code", old_codes[0]}})), TroubleCode::code_refused));
  EXPECT_TRUE(submit(half_signed_in(), fields({{"code", code()}}))->outcome);
}

TEST_F(FactorChangesTest, TheSecretIsNotReadableInTheDatabase) {
  with_app();
  const std::string text(totp_secret_text(secret_).reveal());
  std::optional<ports::TotpApp> app;
  ASSERT_TRUE(store_->read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(app, tx.factors().find_totp(caller_->account));
    return {};
  }));
  EXPECT_EQ(app->sealed_secret.find(text), std::string::npos);
  const auto other = AccountId::make(clock_.now());
  EXPECT_FALSE(vault_->open(app->sealed_secret, place_of_totp(other, app->added_at)));
  EXPECT_TRUE(vault_->open(app->sealed_secret, place_of_totp(app->account, app->added_at)));
}

TEST_F(FactorChangesTest, AnAppThatIsTheOnlySecondFactorStays) {
  with_app();
  EXPECT_EQ(begin("remove_totp").error().field, "kind");
  EXPECT_EQ(sign_in(parent_email)->step, "second_factor");
}

TEST_F(FactorChangesTest, WithoutAFactorNothingOfItIsRemovedOrMade) {
  EXPECT_EQ(begin("remove_totp").error().code, TroubleCode::not_found);
  EXPECT_EQ(begin("recovery_codes").error().code, TroubleCode::not_found);
}

TEST_F(FactorChangesTest, ASessionOfThePasswordAloneRemovesNothing) {
  with_app();
  caller_->assurance = model::Assurance::password;
  EXPECT_EQ(begin("remove_totp").error().code, TroubleCode::step_up_required);
  EXPECT_EQ(begin("recovery_codes").error().code, TroubleCode::step_up_required);
  EXPECT_EQ(begin("add_totp").error().code, TroubleCode::step_up_required);
  EXPECT_EQ(begin("change_password").error().code, TroubleCode::step_up_required);
}

TEST_F(FactorChangesTest, NewRecoveryCodesVoidTheOlderOnes) {
  with_app();
  const auto made = submit(start("recovery_codes", caller_), fields({{"make", "1"}}), caller_);
  ASSERT_TRUE(made && made->done);
  ASSERT_EQ(made->shown.size(), 10U);
  EXPECT_FALSE(made->outcome);
  EXPECT_EQ(other_mail().back().subject, "New recovery codes of your Casebridge account");
  EXPECT_TRUE(flows_->read(made->id.text(), caller_)->shown.empty());
  const auto recovering = submit(half_signed_in(), fields({{"use_recovery_code", "1"}}));
  const auto old = submit(*recovering, fields({{"recovery_code", recovery_codes_[0]}}));
  EXPECT_TRUE(refused_as(old, TroubleCode::code_refused));
  EXPECT_TRUE(submit(*old, fields({{"recovery_code", shown_in(*made, "recovery_code")}}))->outcome);
}

TEST_F(FactorChangesTest, AChangeOfPasswordKeepsTheSecondFactor) {
  with_app();
  const auto changed = submit(
      start("change_password", caller_),
      fields({{"current_password", good_password}, {"new_password", testing::other_password}}), caller_);
  ASSERT_TRUE(changed && changed->outcome);
  EXPECT_EQ(changed->outcome->session.assurance, model::Assurance::two_factor);
  EXPECT_EQ(changed->outcome->session.authenticated_at, caller_->authenticated_at);
  EXPECT_EQ(sign_in(parent_email, testing::other_password)->step, "second_factor");
}

}  // namespace
}  // namespace casebridge::identity
