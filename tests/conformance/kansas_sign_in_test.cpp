// Standing for a parent in Kansas: KS-02, KS-04, KS-15, and what the state says of a bad assertion.
#include "tests/conformance/kansas_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::AuthDone;
using model::Dataset;

class KansasSignIn : public KansasSuite {
 protected:
  TroubleCode refused(const ports::Answer<model::AuthStep>& answer) {
    if (answer) throw std::runtime_error("this sign-in was expected to be refused");
    return answer.error().code;
  }
};

TEST_P(KansasSignIn, KS_02_parent_is_asked_for_a_number_and_for_no_secret) {
  const json one = account();
  const auto step = begin(one);
  const auto& done = std::get<AuthDone>(step_of(step));
  EXPECT_FALSE(done.second_step_used);
  EXPECT_FALSE(done.idle_expires_at);
  EXPECT_EQ(done.subject_key, "person:" + text(one, "personNumber"));
  EXPECT_EQ(calls("FindCases").size(), 1U);
  model::AuthBegin typed;
  typed.credential_kind = "username_password";
  const auto other = adapter().auth_begin(context(one), typed);
  EXPECT_EQ(refused(other), TroubleCode::not_supported);
}

TEST_P(KansasSignIn, number_that_cannot_be_one_is_refused_without_a_call) {
  for (const char* number : {"", "123", "12345678901", "00007O0002"}) {
    const auto answer = begin(account(), number);
    EXPECT_EQ(refused(answer), TroubleCode::invalid_field) << number;
    EXPECT_EQ(answer.error().field, "person_number");
  }
  EXPECT_TRUE(calls().empty());
}

TEST_P(KansasSignIn, parent_whose_only_case_is_kept_back_has_no_case) {
  const json one = account();
  json document = with_risk(first_case(one));
  for (json& each : document["cases"])
    for (json& part : each["participants"])
      if (part.at("person") == one.at("person")) part["familyViolence"] = "D";
  use(document);
  const auto listed = adapter().list_cases(context(one), sign_in(one));
  ASSERT_TRUE(listed);
  EXPECT_TRUE(std::get<model::CaseList>(*listed).cases.empty());
}

TEST_P(KansasSignIn, ending_needs_no_call) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  const std::size_t before = calls().size();
  EXPECT_TRUE(adapter().auth_end(context(one), session));
  EXPECT_EQ(calls().size(), before);
}

TEST_P(KansasSignIn, KS_04_client_certificate_is_shown_and_the_server_is_checked) {
  if (!over_tls()) GTEST_SKIP() << "without TLS there are no certificates";
  const json one = account();
  EXPECT_TRUE(begin(one));
  add_fault("*", "tls_wrong_ca");
  reopen(json::object());
  EXPECT_EQ(refused(begin(one)), TroubleCode::source_unavailable);
  clear_faults();
  const std::size_t before = calls().size();
  reopen({{"client_tls", nullptr}});
  EXPECT_EQ(refused(begin(one)), TroubleCode::source_unavailable);
  EXPECT_EQ(calls().size(), before);  // nothing was asked in the clear, or at all
}

TEST_P(KansasSignIn, state_that_asks_for_no_certificate_looks_at_no_binding) {
  if (!over_tls()) GTEST_SKIP() << "without TLS there are no certificates";
  add_fault("*", "tls_no_client_cert");
  reopen(json::object());
  EXPECT_TRUE(begin(account()));
}

TEST_P(KansasSignIn, KS_15_expired_assertion_is_made_anew_once) {
  const json one = account();
  // A server far ahead finds every token too old.
  add_fault("*", "clock_skew", {{"seconds", 900}}, 0, 1);
  EXPECT_TRUE(begin(one));
  EXPECT_EQ(calls("FindCases").size(), 2U);
  clear_faults();
  add_fault("*", "clock_skew", {{"seconds", 900}});
  EXPECT_EQ(refused(begin(one)), TroubleCode::adapter_fault);
  EXPECT_EQ(calls("FindCases").size(), 4U);
}

TEST_P(KansasSignIn, KS_15_parent_who_is_not_bound_must_enrol_at_the_state) {
  const json one = account();
  std::string other = text(one, "personNumber");
  other.back() = other.back() == '9' ? '8' : '9';
  const auto answer = begin(one, other);
  EXPECT_EQ(refused(answer), TroubleCode::needs_enrolment);
  EXPECT_EQ(answer.error().remedy_action, "enroll_at_state");
  EXPECT_EQ(calls("FindCases").size(), 1U);
  simulator().account(text(one, "id"), "disable_safety");
  EXPECT_EQ(refused(begin(one)), TroubleCode::needs_enrolment);
  const auto read_answer =
      read(one, text(first_case(one), "caseNumber"), {Dataset::cases, Dataset::payments});
  ASSERT_FALSE(read_answer);
  EXPECT_EQ(read_answer.error().code, TroubleCode::needs_enrolment);
  EXPECT_EQ(calls("GetCaseParticipants").size(), 1U);
}

TEST_P(KansasSignIn, KS_15_weak_or_old_sign_in_needs_a_fresh_one) {
  const json one = account();
  model::AuthBegin typed;
  typed.credential_kind = "assertion";
  typed.fields.emplace("person_number", SecretBytes::copy_of(text(one, "personNumber")));
  auto unproven = context(one);
  unproven.person->identity_level = 1;
  EXPECT_EQ(refused(adapter().auth_begin(unproven, typed)), TroubleCode::step_up_required);
  EXPECT_EQ(calls("FindCases").size(), 1U);  // said by the state, and not tried again
  // What the state would refuse is not even sent.
  auto weak = context(one), old = context(one), nobody = context(one);
  weak.person->authentication_level = 1;
  old.person->authenticated_at = now() - std::chrono::seconds{3600};
  nobody.person.reset();
  for (const auto& who : {weak, old, nobody})
    EXPECT_EQ(refused(adapter().auth_begin(who, typed)), TroubleCode::step_up_required);
  EXPECT_EQ(calls("FindCases").size(), 1U);
}

TEST_P(KansasSignIn, key_that_the_state_does_not_know_is_not_permitted_and_not_repeated) {
  add_fault("*", "jwks_rotated");
  EXPECT_EQ(refused(begin(account())), TroubleCode::source_not_permitted);
  EXPECT_EQ(calls("FindCases").size(), 1U);
}

TEST_P(KansasSignIn, hold_of_the_issuer_is_a_rate_limit_with_its_end) {
  add_fault("*", "rate_limit", {{"retryAfter", 120}});
  const auto answer = begin(account());
  EXPECT_EQ(refused(answer), TroubleCode::source_rate_limited);
  EXPECT_EQ(answer.error().retry_at, now() + std::chrono::seconds{120});
}

TEST_P(KansasSignIn, every_parent_of_the_issuer_is_held_after_too_many_bad_assertions) {
  const json one = account();
  add_fault("*", "jwks_rotated", json::object(), 0, 20);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(refused(begin(one)), TroubleCode::source_not_permitted);
  EXPECT_EQ(refused(begin(one)), TroubleCode::source_rate_limited);
}

INSTANTIATE_TEST_SUITE_P(Kansas, KansasSignIn,
                         ::testing::Values(Simulator::Carrier::tls, Simulator::Carrier::plain),
                         kansas_carrier_name);

}  // namespace
}  // namespace casebridge::conformance
