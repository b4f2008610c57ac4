// Sign-in messages: secrets and blobs come back whole, and nothing of them gets into a trouble.
#include <gtest/gtest.h>

#include "core/model/adapter_codec.hpp"

namespace casebridge::model {
namespace {

AuthChallenge a_challenge() {
  AuthChallenge made;
  made.challenge.kind = "otp";
  made.challenge.prompt_key = "challenge.otp.email";
  made.challenge.fields = {{.name = "code", .type = "digits", .length_max = 6, .length_exact = 6}};
  made.challenge.channel = "email";
  made.challenge.destination_hint = "p***@example.com";
  made.challenge.expires_at = parse_instant("2026-03-16T14:10:00Z");
  made.challenge.attempts_left = 3;
  made.challenge.resend_allowed = true;
  made.resume = SecretBytes::copy_of(std::string_view("\x00\xFFresume", 8));
  return made;
}

TEST(AuthCodec, BeginBringsTheFieldsBack) {
  AuthBegin begin;
  begin.credential_kind = "username_password";
  begin.fields.emplace("user_name", SecretBytes::copy_of("pat.sample"));
  begin.fields.emplace("password", SecretBytes::copy_of("pa\"ss\\wörd"));
  const SecretBytes json = encode(begin);
  const auto back = decode_auth_begin(json.reveal());
  ASSERT_TRUE(back);
  EXPECT_EQ(back->credential_kind, "username_password");
  ASSERT_EQ(back->fields.size(), 2U);
  EXPECT_EQ(back->fields.at("password").reveal(), "pa\"ss\\wörd");
  EXPECT_EQ(back->fields.at("user_name").reveal(), "pat.sample");
}

TEST(AuthCodec, AnswerMayBeAWishToSendAgain) {
  AuthAnswer answer;
  answer.resend = true;
  const auto back = decode_auth_answer(encode(answer).reveal());
  ASSERT_TRUE(back);
  EXPECT_TRUE(back->resend);
  EXPECT_TRUE(back->fields.empty());
}

TEST(AuthCodec, DoneBringsTheSessionBack) {
  AuthDone done;
  done.session = SecretBytes::copy_of(std::string(1000, '\xA5'));
  done.idle_expires_at = parse_instant("2026-03-16T14:15:00Z");
  done.subject_key = "900000001";
  done.second_step_used = true;
  const auto back = decode_auth_step(encode(AuthStep(std::move(done))).reveal());
  ASSERT_TRUE(back);
  const auto& made = std::get<AuthDone>(*back);
  EXPECT_EQ(made.session.reveal(), std::string(1000, '\xA5'));
  EXPECT_EQ(made.idle_expires_at, parse_instant("2026-03-16T14:15:00Z"));
  EXPECT_EQ(made.absolute_expires_at, std::nullopt);
  EXPECT_EQ(made.subject_key, "900000001");
  EXPECT_TRUE(made.second_step_used);
}

TEST(AuthCodec, ChallengeBringsItsFormBack) {
  const auto back = decode_auth_step(encode(AuthStep(a_challenge())).reveal());
  ASSERT_TRUE(back);
  const auto& made = std::get<AuthChallenge>(*back);
  EXPECT_EQ(made.challenge.kind, "otp");
  EXPECT_EQ(made.challenge.fields.at(0).length_exact, 6);
  EXPECT_EQ(made.challenge.attempts_left, 3);
  EXPECT_EQ(made.resume.reveal(), std::string_view("\x00\xFFresume", 8));
}

TEST(AuthCodec, ActionBringsItsKindBack) {
  const auto back =
      decode_auth_step(encode(AuthStep(AuthAction{"reset_password", "https://example.com"})).reveal());
  ASSERT_TRUE(back);
  EXPECT_EQ(std::get<AuthAction>(*back).kind, "reset_password");
}

TEST(AuthCodec, PendingBringsItsMomentBack) {
  Pending pending;
  pending.not_before = *parse_instant("2026-03-16T14:00:30Z");
  pending.resume = SecretBytes::copy_of("ticket");
  const auto back = decode_pending(encode(pending).reveal());
  ASSERT_TRUE(back);
  EXPECT_EQ(back->not_before, pending.not_before);
  EXPECT_EQ(back->resume.reveal(), "ticket");
}

TEST(AuthCodec, RefusesWordsThatNobodyKnows) {
  AuthChallenge odd = a_challenge();
  odd.challenge.kind = "riddle";
  const auto back = decode_auth_step(encode(AuthStep(std::move(odd))).reveal());
  ASSERT_FALSE(back);
  EXPECT_EQ(back.error().field, "/challenge/kind");
  EXPECT_EQ(decode_auth_step(R"({"step":"leap"})").error().field, "/step");
  EXPECT_FALSE(decode_auth_step("[]"));
}

TEST(AuthCodec, TroublesHoldNothingThatWasSent) {
  for (const char* json : {R"({"credential_kind":"x","fields":{"password":["hunter2"]}})",
                           R"({"credential_kind":"x","fields":{"hunter2!":"a"}})",
                           R"({"credential_kind":"x","fields":"hunter2"})",
                           R"({"credential_kind":"x","fields":{"password":"hunter2",}})"}) {
    const auto back = decode_auth_begin(json);
    ASSERT_FALSE(back) << json;
    EXPECT_EQ(back.error().code, TroubleCode::source_changed);
    EXPECT_EQ(back.error().detail.find("hunter2"), std::string::npos);
    EXPECT_EQ(back.error().field.find("hunter2"), std::string::npos);
  }
}

}  // namespace
}  // namespace casebridge::model
