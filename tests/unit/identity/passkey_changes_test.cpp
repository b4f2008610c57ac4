// Adding passkeys: who may, how many, what it gives and what it ends.
#include "tests/unit/identity/passkey_world.hpp"

namespace casebridge::identity {
namespace {

class PasskeyChangesTest : public testing::PasskeyWorld {};

TEST_F(PasskeyChangesTest, TheOfferSaysForWhomAndNothingOfThePerson) {
  const FlowView offered = start("add_passkey", caller_);
  EXPECT_EQ(offered.step, "add_passkey");
  const PasskeyAsk& ask = asked_in(offered);
  EXPECT_EQ(ask.party, "gateway.example");
  EXPECT_EQ(ask.user_name, testing::parent_email);
  EXPECT_EQ(tests::from_base64url_text(ask.user_handle).size(), 64U);
  EXPECT_EQ(ask.challenge.size(), 43U);
  EXPECT_TRUE(ask.credentials.empty());
  EXPECT_NE(asked_in(start("add_passkey", caller_)).challenge, ask.challenge);
  EXPECT_EQ(asked_in(start("add_passkey", caller_)).user_handle, ask.user_handle);
}

TEST_F(PasskeyChangesTest, APasskeyIsASecondFactorWithRecoveryCodes) {
  const FlowView added = add_passkey(device_, "  My phone ");
  EXPECT_TRUE(added.done);
  EXPECT_EQ(added.outcome->session.assurance, model::Assurance::two_factor);
  EXPECT_EQ(recovery_codes_.size(), 10U);
  const auto kept = passkeys();
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].name, "My phone");
  EXPECT_EQ(kept[0].transports, "internal hybrid");
  EXPECT_EQ(kept[0].algorithm, cose_es256);
  EXPECT_FALSE(kept[0].last_used_at);
  const auto mails = read_mail();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0].subject, "A passkey was added to your Casebridge account");
}

TEST_F(PasskeyChangesTest, OthersAreSignedOutAndTheCallerHasANewToken) {
  const auto elsewhere = sign_in(testing::parent_email);
  const SessionId before = caller_->session;
  (void)add_passkey(device_);
  const auto left = sessions_of(caller_->account);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].id, caller_->session);
  EXPECT_NE(left[0].id, before);
}

TEST_F(PasskeyChangesTest, ASecondOneKeepsTheCodesAndNamesTheFirst) {
  with_passkey();
  Device another(tests::KeyKind::eddsa);
  const FlowView offered = start("add_passkey", caller_);
  ASSERT_EQ(asked_in(offered).credentials.size(), 1U);
  EXPECT_EQ(asked_in(offered).credentials[0].id, tests::to_base64url(device_.id()));
  (void)add_passkey(another);
  EXPECT_TRUE(recovery_codes_.empty());
  EXPECT_EQ(passkeys().at(1).name, "Passkey 2");
}

TEST_F(PasskeyChangesTest, ACredentialIsAddedOnceWhoeverHasIt) {
  with_passkey();
  EXPECT_TRUE(refused_as(try_to_add(device_), TroubleCode::invalid_field));
  register_account("other@mail.example");
  caller_ = caller_of(*sign_in("other@mail.example"));
  EXPECT_TRUE(refused_as(try_to_add(device_), TroubleCode::invalid_field));
  EXPECT_TRUE(passkeys().empty());
}

TEST_F(PasskeyChangesTest, WhatBreaksARuleAddsNothing) {
  Twist unverified, elsewhere, other_party;
  unverified.flags_off = tests::flag_verified;
  elsewhere.origin = "https://evil.example";
  other_party.rp_id = "evil.example";
  for (const Twist& twist : {unverified, elsewhere, other_party})
    EXPECT_TRUE(refused_as(try_to_add(device_, twist), TroubleCode::invalid_field));
  const FlowView offered = start("add_passkey", caller_);
  const auto malformed = submit(offered, fields({{"passkey", "{}"}}), caller_);
  EXPECT_TRUE(refused_as(malformed, TroubleCode::invalid_field));
  EXPECT_TRUE(passkeys().empty());
  EXPECT_TRUE(read_mail().empty());
}

TEST_F(PasskeyChangesTest, AChallengeIsGoodOnce) {
  const FlowView offered = start("add_passkey", caller_);
  const std::string answer = device_.create(asked_in(offered).challenge);
  const auto spoilt = submit(offered, fields({{"passkey", "{}"}}), caller_);
  EXPECT_NE(asked_in(*spoilt).challenge, asked_in(offered).challenge);
  const auto late = submit(*spoilt, fields({{"passkey", answer}}), caller_);
  EXPECT_TRUE(refused_as(late, TroubleCode::invalid_field));
  const auto fresh = submit(*late, fields({{"passkey", device_.create(asked_in(*late).challenge)}}), caller_);
  EXPECT_TRUE(fresh && fresh->done);
}

TEST_F(PasskeyChangesTest, AChallengeIsGoodForFiveMinutes) {
  const FlowView offered = start("add_passkey", caller_);
  const std::string answer = device_.create(asked_in(offered).challenge);
  clock_.advance(std::chrono::minutes{5});
  const auto late = submit(offered, fields({{"passkey", answer}}), caller_);
  EXPECT_TRUE(refused_as(late, TroubleCode::invalid_field));
  EXPECT_EQ(late->messages[0].key, "flow.passkey.expired");
}

TEST_F(PasskeyChangesTest, NeedsAFreshProofAtTheStartAndAtTheEnd) {
  const FlowView offered = start("add_passkey", caller_);
  const std::string answer = device_.create(asked_in(offered).challenge);
  clock_.advance(std::chrono::minutes{21});
  EXPECT_EQ(submit(offered, fields({{"passkey", answer}}), caller_).error().code,
            TroubleCode::step_up_required);
  EXPECT_EQ(flows_->start("add_passkey", "cookie", "en", caller_, origin_).error().code,
            TroubleCode::step_up_required);
  EXPECT_TRUE(passkeys().empty());
}

TEST_F(PasskeyChangesTest, BelongsToTheSessionThatBeganIt) {
  const FlowView offered = start("add_passkey", caller_);
  const std::string answer = device_.create(asked_in(offered).challenge);
  const auto elsewhere = caller_of(*sign_in(testing::parent_email));
  EXPECT_EQ(submit(offered, fields({{"passkey", answer}}), elsewhere).error().code,
            TroubleCode::flow_not_found);
  EXPECT_EQ(submit(offered, fields({{"passkey", answer}})).error().code, TroubleCode::flow_not_found);
}

TEST_F(PasskeyChangesTest, AnAccountHasAtMostSoMany) {
  settings_.passkeys_max = 2;
  renew_flows();
  with_passkey();
  Device second;
  (void)add_passkey(second);
  EXPECT_EQ(flows_->start("add_passkey", "cookie", "en", caller_, origin_).error().code,
            TroubleCode::invalid_field);
  EXPECT_EQ(passkeys().size(), 2U);
}

TEST_F(PasskeyChangesTest, AreNotOfferedWithoutADomain) {
  settings_.passkeys = {};
  renew_flows();
  EXPECT_EQ(flows_->start("add_passkey", "cookie", "en", caller_, origin_).error().code,
            TroubleCode::not_found);
  EXPECT_FALSE(asks(start("sign_in"), "passkey"));
}

TEST_F(PasskeyChangesTest, RemovingTheAppEndsOtherSessionsAndLeavesThePasskeyAndTheCodes) {
  with_passkey();
  (void)add_app(caller_);
  ASSERT_TRUE(use_passkey(start("sign_in"))->outcome);
  (void)read_mail();
  const FlowView offered = start("remove_totp", caller_);
  EXPECT_EQ(submit(offered, fields({}), caller_).error().code, TroubleCode::invalid_field);
  const auto removed = submit(offered, fields({{"remove", "1"}}), caller_);
  ASSERT_TRUE(removed && removed->outcome);
  EXPECT_EQ(removed->outcome->session.assurance, model::Assurance::two_factor);
  EXPECT_EQ(sessions_of(caller_->account).size(), 1U);
  EXPECT_EQ(other_mail().back().subject, "The authenticator app of your Casebridge account was removed");
  caller_ = caller_of(*removed);
  const FlowView asked = start("step_up", caller_);
  const auto other = submit(asked, fields({{"use_recovery_code", "1"}}), caller_);
  const auto passed = submit(*other, fields({{"recovery_code", recovery_codes_[0]}}), caller_);
  EXPECT_TRUE(passed && passed->outcome);
}

TEST_F(PasskeyChangesTest, AnAppThatBecameTheOnlySecondFactorMeanwhileStays) {
  with_passkey();
  (void)add_app(caller_);
  const FlowView offered = start("remove_totp", caller_);
  ASSERT_TRUE(store_->write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const auto all, tx.passkeys().list(caller_->account));
    CASEBRIDGE_TRY([[maybe_unused]] const bool gone, tx.passkeys().remove(caller_->account, all[0].id));
    return {};
  }));
  EXPECT_EQ(submit(offered, fields({{"remove", "1"}}), caller_).error().code, TroubleCode::flow_expired);
  EXPECT_EQ(sign_in(testing::parent_email)->step, "second_factor");
}

TEST_F(PasskeyChangesTest, RecoveryCodesAreMadeAnewWithoutAnApp) {
  with_passkey();
  const auto made = submit(start("recovery_codes", caller_), fields({{"make", "1"}}), caller_);
  ASSERT_TRUE(made && made->done);
  EXPECT_EQ(made->shown.size(), 10U);
}

TEST_F(PasskeyChangesTest, ANameIsOneLine) {
  const FlowView offered = start("add_passkey", caller_);
  const auto answer = submit(
      offered,
      fields({{"passkey", device_.create(asked_in(offered).challenge)}, {"passkey_name", "two\nlines"}}),
      caller_);
  EXPECT_EQ(answer.error().field, "passkey_name");
}

}  // namespace
}  // namespace casebridge::identity
