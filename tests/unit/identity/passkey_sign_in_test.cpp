// Signing in with a passkey: alone, as the second factor, and to show once more that it is oneself.
#include "tests/unit/identity/passkey_world.hpp"

namespace casebridge::identity {
namespace {

using testing::good_password;
using testing::other_password;
using testing::parent_email;

class PasskeySignInTest : public testing::PasskeyWorld {
 protected:
  void SetUp() override {
    PasskeyWorld::SetUp();
    with_passkey();
  }
  FlowView after_password() {
    auto view = sign_in(parent_email);
    EXPECT_TRUE(view);
    EXPECT_EQ(view->step, "passkey");
    return std::move(view).value();
  }
  Result<FlowView> wrong_password() { return sign_in(parent_email, "not the password"); }
};

TEST_F(PasskeySignInTest, AloneGivesASessionOfTwoFactors) {
  const auto signed_in_view = use_passkey(start("sign_in"));
  ASSERT_TRUE(signed_in_view && signed_in_view->outcome);
  EXPECT_EQ(signed_in_view->outcome->session.account, caller_->account);
  EXPECT_EQ(signed_in_view->outcome->session.assurance, model::Assurance::two_factor);
  EXPECT_EQ(passkeys()[0].last_used_at, clock_.now());
}

TEST_F(PasskeySignInTest, TheFirstFormNamesNobodysPasskeys) {
  const FlowView asked = start("sign_in");
  EXPECT_TRUE(asked_in(asked).credentials.empty());
  EXPECT_EQ(asked_in(asked).user_name, "");
  EXPECT_EQ(asked_in(asked).user_handle, "");
  EXPECT_EQ(asked.nodes[0].autocomplete, "username webauthn");
  EXPECT_FALSE(asks(start("verify_email"), "passkey"));
}

TEST_F(PasskeySignInTest, UnknownForeignAndForgedPasskeysAreRefusedAlike) {
  Device unknown;
  Twist forged;
  forged.flip_signature = true;
  const FlowView one = start("sign_in"), two = start("sign_in"), three = start("sign_in");
  const auto stranger = submit(one, fields({{"passkey", unknown.get(asked_in(one).challenge, handle_)}}));
  const auto bogus = use_passkey(two, forged);
  const auto malformed = submit(three, fields({{"passkey", "[]"}}));
  for (const auto* answer : {&stranger, &bogus, &malformed}) {
    EXPECT_TRUE(refused_as(*answer, TroubleCode::sign_in_refused));
    EXPECT_EQ((*answer)->messages[0].key, "flow.passkey.refused");
    EXPECT_EQ(testing::seen_of(**answer), testing::seen_of(*stranger));
  }
  EXPECT_TRUE(read_mail().empty());
}

TEST_F(PasskeySignInTest, WhatBreaksARuleSignsNobodyIn) {
  Twist type, origin, frame, party, present, verified, backed;
  type.type = "webauthn.create";
  origin.origin = "https://gateway.example.evil.example";
  frame.client_members = R"(,"topOrigin":"https://evil.example")";
  party.rp_id = "evil.example";
  present.flags_off = tests::flag_present;
  verified.flags_off = tests::flag_verified;
  backed.flags_on = tests::flag_backup_eligible;
  for (const Twist& twist : {type, origin, frame, party, present, verified, backed}) {
    origin_.address = "203.0.113." + std::to_string(clock_.now().time_since_epoch().count() % 200);
    clock_.advance(std::chrono::seconds{1});
    EXPECT_TRUE(refused_as(use_passkey(start("sign_in"), twist), TroubleCode::sign_in_refused));
  }
}

TEST_F(PasskeySignInTest, TheHandleHasToBeThereAndToBeTheOwners) {
  Twist without;
  without.without_handle = true;
  EXPECT_TRUE(refused_as(use_passkey(start("sign_in"), without), TroubleCode::sign_in_refused));
  handle_.assign(64, 'x');
  EXPECT_TRUE(refused_as(use_passkey(start("sign_in")), TroubleCode::sign_in_refused));
}

TEST_F(PasskeySignInTest, AnAnswerIsGoodForItsOwnFlowAndOnce) {
  const FlowView one = start("sign_in"), other = start("sign_in");
  const std::string answer = answer_to(one);
  EXPECT_TRUE(refused_as(submit(other, fields({{"passkey", answer}})), TroubleCode::sign_in_refused));
  EXPECT_TRUE(submit(one, fields({{"passkey", answer}}))->outcome);
  EXPECT_EQ(submit(one, fields({{"passkey", answer}})).error().code, TroubleCode::flow_out_of_order);
}

TEST_F(PasskeySignInTest, AnAnswerTakesNoOtherFormOn) {
  std::vector<std::pair<FlowView, std::optional<model::Caller>>> forms;
  forms.emplace_back(start("sign_in"), std::nullopt);
  forms.emplace_back(after_password(), std::nullopt);
  forms.emplace_back(start("step_up", caller_), caller_);
  forms.emplace_back(start("add_passkey", caller_), caller_);
  int tried = 0;
  for (auto& [to, caller] : forms)
    for (const auto& [of, _] : forms) {
      if (to.id == of.id) continue;
      ++tried;
      origin_.address = "203.0.113." + std::to_string(tried);
      auto now = flows_->read(to.id.text(), caller);
      const std::string answer = answer_to(of);
      const auto given = submit(*now, fields({{"passkey", answer}}), caller);
      const bool adding = to.kind == "add_passkey";
      EXPECT_TRUE(refused_as(given, adding ? TroubleCode::invalid_field : TroubleCode::sign_in_refused))
          << of.step << " into " << to.step;
    }
  EXPECT_EQ(tried, 12);
}

TEST_F(PasskeySignInTest, IsNotAffectedByTheLockOfThePassword) {
  for (int i = 0; i < 5; ++i) {
    origin_.address = "203.0.113." + std::to_string(i);
    (void)wrong_password();
  }
  origin_.address = "203.0.113.50";
  EXPECT_TRUE(refused_as(sign_in(parent_email), TroubleCode::sign_in_refused));
  EXPECT_TRUE(use_passkey(start("sign_in"))->outcome);
}

TEST_F(PasskeySignInTest, TriesFromOneAddressAreCounted) {
  settings_.throttle.account_and_address.tries_max = 1000;
  renew_flows();
  clock_.advance(std::chrono::minutes{1});
  Twist forged;
  forged.flip_signature = true;
  int refused = 0;
  for (int i = 0; i < settings_.throttle.address.tries_max; ++i)
    refused += refused_as(use_passkey(start("sign_in"), forged), TroubleCode::sign_in_refused) ? 1 : 0;
  EXPECT_EQ(refused, settings_.throttle.address.tries_max);
  EXPECT_EQ(use_passkey(start("sign_in")).error().code, TroubleCode::rate_limited);
}

TEST_F(PasskeySignInTest, GuessingElsewhereDoesNotLockTheOwnerOut) {
  Twist forged;
  forged.flip_signature = true;
  for (int i = 0; i < 40; ++i) {
    origin_.address = "203.0.113." + std::to_string(i);
    (void)use_passkey(start("sign_in"), forged);
  }
  origin_.address = "198.51.100.7";
  EXPECT_TRUE(use_passkey(start("sign_in"))->outcome);
}

TEST_F(PasskeySignInTest, OneAddressTriesOnePasskeyFiveTimesAMinute) {
  Twist forged;
  forged.flip_signature = true;
  for (int i = 0; i < 5; ++i) (void)use_passkey(start("sign_in"), forged);
  EXPECT_TRUE(refused_as(use_passkey(start("sign_in")), TroubleCode::sign_in_refused));
  clock_.advance(std::chrono::minutes{1});
  EXPECT_TRUE(use_passkey(start("sign_in"))->outcome);
}

TEST_F(PasskeySignInTest, IsASecondFactorAfterThePassword) {
  const FlowView asked = after_password();
  ASSERT_EQ(asked_in(asked).credentials.size(), 1U);
  EXPECT_EQ(asked_in(asked).credentials[0].id, tests::to_base64url(device_.id()));
  EXPECT_FALSE(asks(asked, "use_app"));
  EXPECT_TRUE(asks(asked, "use_recovery_code"));
  Twist without;
  without.without_handle = true;
  const auto passed = use_passkey(asked, without);
  ASSERT_TRUE(passed && passed->outcome);
  EXPECT_EQ(passed->outcome->session.assurance, model::Assurance::two_factor);
}

TEST_F(PasskeySignInTest, AWrongOneAfterThePasswordIsToldToTheOwner) {
  Twist forged;
  forged.flip_signature = true;
  const auto refused = use_passkey(after_password(), forged);
  EXPECT_TRUE(refused_as(refused, TroubleCode::sign_in_refused));
  EXPECT_EQ(refused->step, "passkey");
  EXPECT_EQ(read_mail().size(), 1U);
}

TEST_F(PasskeySignInTest, AnotherAccountsPasskeyIsNoSecondFactor) {
  Device others;
  register_account("other@mail.example");
  caller_ = caller_of(*sign_in("other@mail.example"));
  (void)add_passkey(others);
  const FlowView asked = after_password();
  const auto refused = submit(asked, fields({{"passkey", others.get(asked_in(asked).challenge, handle_)}}));
  EXPECT_TRUE(refused_as(refused, TroubleCode::sign_in_refused));
}

TEST_F(PasskeySignInTest, ARecoveryCodeOrTheAppTakesItsPlace) {
  const auto other = submit(after_password(), fields({{"use_recovery_code", "1"}}));
  EXPECT_FALSE(asks(*other, "use_app"));
  const auto back = submit(*other, fields({{"use_passkey", "1"}}));
  EXPECT_EQ(back->step, "passkey");
  const auto again = submit(*back, fields({{"use_recovery_code", "1"}}));
  EXPECT_TRUE(submit(*again, fields({{"recovery_code", recovery_codes_[0]}}))->outcome);
  (void)add_app(caller_);
  next_step();
  const auto by_app = submit(after_password(), fields({{"use_app", "1"}}));
  ASSERT_EQ(by_app->step, "second_factor");
  EXPECT_TRUE(asks(*by_app, "use_passkey"));
  EXPECT_TRUE(submit(*by_app, fields({{"code", code()}}))->outcome);
}

TEST_F(PasskeySignInTest, WhatTheAccountLacksIsNoField) {
  EXPECT_EQ(submit(after_password(), fields({{"use_app", "1"}})).error().code, TroubleCode::invalid_field);
}

TEST_F(PasskeySignInTest, StepsUp) {
  clock_.advance(std::chrono::minutes{21});
  const FlowView asked = start("step_up", caller_);
  EXPECT_EQ(asked.step, "passkey");
  const auto renewed = use_passkey(asked, {}, caller_);
  ASSERT_TRUE(renewed && renewed->outcome);
  EXPECT_EQ(renewed->outcome->session.authenticated_at, clock_.now());
  EXPECT_EQ(sessions_of(caller_->account).size(), 1U);
}

TEST_F(PasskeySignInTest, AForgottenPasswordDoesNotGetPastIt) {
  const auto coded = submit(start("reset_password"), fields({{"email", parent_email}}));
  const auto asked = submit(*coded, fields({{"code", mailed_code()}}));
  ASSERT_EQ(asked->step, "passkey");
  const auto choosing = use_passkey(*asked);
  ASSERT_EQ(choosing->step, "new_password");
  EXPECT_TRUE(submit(*choosing, fields({{"new_password", other_password}}))->done);
  EXPECT_TRUE(use_passkey(start("sign_in"))->outcome);
}

TEST_F(PasskeySignInTest, ACounterThatFallsBackIsRefusedAndToldToTheOwner) {
  device_.counts = true;
  EXPECT_TRUE(use_passkey(start("sign_in"))->outcome);
  EXPECT_TRUE(use_passkey(start("sign_in"))->outcome);
  EXPECT_EQ(passkeys()[0].sign_count, 2);
  Twist copy;
  copy.sign_count = 2;
  EXPECT_TRUE(refused_as(use_passkey(start("sign_in"), copy), TroubleCode::sign_in_refused));
  const auto mails = other_mail();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0].subject, "Somebody may have a copy of a passkey of your Casebridge account");
  EXPECT_EQ(passkeys()[0].sign_count, 2);
}

TEST_F(PasskeySignInTest, ARemovedPasskeyIsUnknown) {
  const FlowView asked = start("sign_in");
  const ports::PasskeyId removed = passkeys().at(0).id;
  ASSERT_TRUE(store_->write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_CHECK(tx.passkeys().remove(caller_->account, removed));
    return {};
  }));
  EXPECT_TRUE(refused_as(use_passkey(asked), TroubleCode::sign_in_refused));
}

TEST_F(PasskeySignInTest, ReplacesTheSessionOfTheSameBrowser) {
  const auto renewed = submit(start("sign_in"), fields({{"passkey", "x"}}));
  const auto passed = use_passkey(*renewed, {}, caller_);
  ASSERT_TRUE(passed && passed->outcome);
  const auto left = sessions_of(caller_->account);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_NE(left[0].id, caller_->session);
}

}  // namespace
}  // namespace casebridge::identity
