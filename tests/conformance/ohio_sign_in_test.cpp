// Signing in to Ohio: OH-08, OH-09, OH-19, and what costs a try.
#include "core/base/crypto.hpp"
#include "core/federation/lockout_rule.hpp"
#include "plugins/ohio_csenet/code_page.hpp"
#include "tests/conformance/ohio_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::AuthDone;
using model::Dataset;

class OhioSignIn : public OhioSuite {
 protected:
  static std::string text(const json& credential, const char* member) {
    return credential.at(member).get<std::string>();
  }
  ports::Answer<model::AuthStep> wrong_try(const json& account) {
    return begin(text(account, "caseNumber"), text(account, "ssn4"), wrong_pin(account));
  }
};

TEST_P(OhioSignIn, session_tells_who_it_is_and_when_it_ends) {
  const json account = any_account();
  const OhioSession in = sign_in(account);
  EXPECT_EQ(in.done.idle_expires_at, now() + std::chrono::seconds{1200});
  EXPECT_EQ(in.done.absolute_expires_at, now() + std::chrono::seconds{7200});
  EXPECT_FALSE(in.done.second_step_used);
  EXPECT_EQ(in.done.subject_key, sign_in(account).done.subject_key);
  const auto listed = adapter().list_cases(context(), in.done.session);
  ASSERT_TRUE(listed);
  const auto& cases = std::get<model::CaseList>(*listed).cases;
  ASSERT_EQ(cases.size(), 1U);
  EXPECT_EQ(cases[0].key, text(account, "caseNumber"));
}

TEST_P(OhioSignIn, command_is_one_line_in_the_code_page) {
  const json account = any_account();
  // What a person may type around the digits is not sent.
  (void)step_of(
      begin(" 0000" + text(account, "caseNumber") + " ", text(account, "ssn4"), text(account, "pin")));
  const std::string line =
      "AUTH " + text(account, "caseNumber") + " " + text(account, "ssn4") + " " + text(account, "pin");
  const auto page = ohio_csenet::code_page_of(scenario().option("codePage", std::string("ascii")));
  ASSERT_EQ(calls("auth").size(), 1U);
  EXPECT_EQ(calls("auth")[0].at("bodySha256"),
            crypto::hex(crypto::sha256(ohio_csenet::encode_line(*page, line))));
}

TEST_P(OhioSignIn, OH_08_wrong_sign_in_is_tried_once_and_the_last_try_needs_a_confirmation) {
  const json account = any_account();
  const ports::Lockout rule{3, std::chrono::seconds{0}, std::chrono::seconds{0}};
  ports::GuardState guard;
  for (int left = 2; left >= 1; --left) {
    EXPECT_TRUE(federation::may_try(guard, rule, now(), {}));
    guard = federation::after_reserving(guard, rule, now());
    const auto refused = wrong_try(account);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, TroubleCode::credential_refused);
    EXPECT_EQ(refused.error().attempts_left, left);
    guard = federation::after_refusal(guard, rule, refused.error().attempts_left, now());
  }
  ASSERT_EQ(calls("auth").size(), 2U);
  for (const json& call : calls("auth")) EXPECT_TRUE(call.at("counted").get<bool>());
  // The host asks this rule before every sign-in, with what the adapter reported.
  const auto risky = federation::may_try(guard, rule, now(), {});
  ASSERT_FALSE(risky);
  EXPECT_EQ(risky.error().code, TroubleCode::challenge_lockout_risk);
  federation::TryFacts confirmed;
  confirmed.confirmed = true;
  EXPECT_TRUE(federation::may_try(guard, rule, now(), confirmed));
}

TEST_P(OhioSignIn, OH_09_lock_lasts_until_the_parent_calls_and_names_the_phone) {
  const json account = any_account();
  for (int tries = 0; tries < 2; ++tries) ASSERT_FALSE(wrong_try(account));
  const auto third = wrong_try(account);
  advance(std::chrono::hours{24 * 10});
  const auto right = begin(account);
  for (const auto* answered : {&third, &right}) {
    ASSERT_FALSE(*answered);
    const Trouble& trouble = answered->error();
    EXPECT_EQ(trouble.code, TroubleCode::account_locked);
    EXPECT_FALSE(trouble.retry_at);
    EXPECT_EQ(trouble.remedy_action, "contact_agency");
    EXPECT_EQ(trouble.remedy_url, "tel:+18005550139");
  }
  simulator().account(text(account, "id"), "unlock");
  (void)step_of(begin(account));
}

TEST_P(OhioSignIn, account_that_is_not_available_looks_the_same_whatever_the_reason) {
  const json account = any_account();
  std::vector<Trouble> seen;
  for (const char* action : {"disable", "disable_safety"}) {
    simulator().account(text(account, "id"), action);
    const auto refused = begin(account);
    ASSERT_FALSE(refused);
    seen.push_back(refused.error());
  }
  for (const Trouble& trouble : seen) {
    EXPECT_EQ(trouble.code, TroubleCode::account_unavailable);
    EXPECT_EQ(trouble.remedy_url, "tel:+18005550139");
    EXPECT_FALSE(trouble.attempts_left);
    EXPECT_EQ(trouble.detail, seen[0].detail);
  }
}

TEST_P(OhioSignIn, what_has_not_the_right_form_is_named_and_costs_no_try) {
  const json account = any_account();
  const std::string number = text(account, "caseNumber"), ssn4 = text(account, "ssn4"),
                    pin = text(account, "pin");
  const std::tuple<std::string, std::string, std::string, const char*> wrong[] = {
      {"3001234567", ssn4, pin, "case_number"}, {number + "1", ssn4, pin, "case_number"},
      {number, "447", pin, "ssn_last4"},        {number, "44 1", pin, "ssn_last4"},
      {number, ssn4, pin + "0", "pin"},         {number, ssn4, "AUTH 123", "pin"}};
  for (const auto& [a, b, c, field] : wrong) {
    const auto refused = begin(a, b, c);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, TroubleCode::invalid_field);
    EXPECT_EQ(refused.error().field, field);
  }
  EXPECT_TRUE(calls("auth").empty());
}

TEST_P(OhioSignIn, sign_in_is_never_made_twice) {
  const json account = any_account();
  use_settings({{"call_deadline_ms", 400}});
  const std::tuple<const char*, json, TroubleCode> faults[] = {
      {"reset", json::object(), TroubleCode::source_unavailable},
      {"lost_answer", json::object(), TroubleCode::source_unavailable},
      {"hang", json::object(), TroubleCode::source_timeout},
      {"http_status", {{"status", 503}}, TroubleCode::source_unavailable}};
  std::size_t expected_calls = 0;
  for (const auto& [kind, params, code] : faults) {
    clear_faults();
    add_fault("auth", kind, params);
    const auto failed = begin(account);
    ASSERT_FALSE(failed) << kind;
    EXPECT_EQ(failed.error().code, code) << kind;
    EXPECT_EQ(calls("auth").size(), ++expected_calls) << kind;
  }
}

TEST_P(OhioSignIn, nightly_batch_tells_when_it_ends) {
  const json account = any_account();
  // 23:40 in Ohio.
  const Instant night = *parse_instant("2026-03-17T03:40:00Z");
  ASSERT_LT(now(), night);
  advance(night - now());
  const auto refused = begin(account);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::source_maintenance);
  EXPECT_EQ(refused.error().retry_at, parse_instant("2026-03-17T04:30:00Z"));
}

TEST_P(OhioSignIn, sign_out_ends_the_session_and_may_be_repeated) {
  const OhioSession in = sign_in(any_account());
  EXPECT_TRUE(adapter().auth_end(context(), in.done.session));
  const auto refused = read(in.done.session, text(in.credential, "caseNumber"), {Dataset::orders});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::source_session_ended);
  EXPECT_TRUE(adapter().auth_end(context(), in.done.session));
}

TEST_P(OhioSignIn, OH_19_nothing_secret_is_in_logs_or_errors) {
  const json account = any_account();
  const auto refused = wrong_try(account);
  ASSERT_FALSE(refused);
  const OhioSession in = sign_in(account);
  std::string said = refused.error().detail + refused.error().field;
  const std::vector<Dataset> all(std::begin(model::all_datasets), std::end(model::all_datasets));
  for (const char* kind : {"bad_counter", "abend", "drift"}) {
    clear_faults();
    add_fault(answering_op(), kind);
    const auto content = read(in.done.session, text(account, "caseNumber"), all);
    if (!content) {
      said += content.error().detail;
      continue;
    }
    for (const auto& answer : content->datasets)
      if (const auto* trouble = std::get_if<Trouble>(&answer.answer))
        said += trouble->detail + trouble->field;
  }
  said += side().log_text();
  EXPECT_NE(said.find("switchboard.call"), std::string::npos);
  const std::string session(in.done.session.reveal());
  const std::string ssn = scenario().person(in.person()).at("ssn").get<std::string>();
  for (const std::string& secret :
       {text(account, "pin"), wrong_pin(account), ssn, text(account, "ssn4") + " ", session,
        session.substr(session.size() - 32)})
    EXPECT_EQ(said.find(secret), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Ohio, OhioSignIn, ::testing::ValuesIn(ohio_manners), manner_name);

}  // namespace
}  // namespace casebridge::conformance
