// Signing in to the Texas payment account: SM-01 to SM-04, the end of sessions and codes, lost answers.
#include <algorithm>
#include <cctype>

#include "tests/conformance/smart_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::AuthAction;
using model::AuthChallenge;
using model::AuthDone;

class SmartSignIn : public SmartSuite {
 protected:
  static std::string text(const json& account, const char* member) {
    return account.at(member).get<std::string>();
  }
};

std::string swapped_case(std::string text) {
  for (char& c : text) {
    const auto octet = static_cast<unsigned char>(c);
    c = static_cast<char>(std::isupper(octet) != 0 ? std::tolower(octet) : std::toupper(octet));
  }
  return text;
}

TEST_P(SmartSignIn, SM_01_name_and_password_are_sent_as_typed) {
  const json one = account();
  const std::string user = text(one, "username"), password = text(one, "password");
  for (const auto& [name, secret] :
       {std::pair(user + " ", password), std::pair(swapped_case(user), password),
        std::pair(user, " " + password), std::pair(user, swapped_case(password))}) {
    const auto refused = begin(name, secret);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, TroubleCode::credential_refused);
  }
  (void)asked(begin(one));
}

TEST_P(SmartSignIn, SM_01_characters_that_xml_reserves_reach_the_state_unchanged) {
  json document = scenario().document();
  const std::string odd = "a<b>&\"c' \xC3\xA9";
  for (json& one : document["credentials"])
    if (one.at("id") == account().at("id")) one["password"] = odd;
  use(document);
  (void)asked(begin(text(account(), "username"), odd));
}

TEST_P(SmartSignIn, SM_02_code_step_shows_the_masked_target_and_takes_another_channel) {
  const json one = account();
  const json person = scenario().person(person_of(one));
  const auto sent = begin(text(one, "username"), text(one, "password"), "email");
  const AuthChallenge& challenge = asked(sent);
  EXPECT_EQ(challenge.challenge.kind, "otp");
  EXPECT_EQ(challenge.challenge.channel, "email");
  EXPECT_EQ(challenge.challenge.channels, (std::vector<std::string>{"email", "phone"}));
  EXPECT_NE(challenge.challenge.destination_hint, person.at("email").get<std::string>());
  EXPECT_EQ(challenge.challenge.attempts_left, 3);
  EXPECT_EQ(challenge.challenge.expires_at, now() + std::chrono::seconds{600});

  const auto early = resend(challenge);
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, TroubleCode::resend_too_early);
  advance(60);
  const auto again = resend(challenge, "phone");
  EXPECT_EQ(asked(again).challenge.channel, "phone");
  EXPECT_EQ(simulator().outbox("tx-smart", person_of(one), "code").back().at("channel"), "phone");
  const auto done = answer(asked(again), " " + latest_code(person_of(one)) + " ");
  const auto& session = std::get<AuthDone>(step_of(done));
  EXPECT_TRUE(session.second_step_used);
  EXPECT_EQ(session.idle_expires_at, now() + std::chrono::seconds{600});
  EXPECT_EQ(session.absolute_expires_at, now() + std::chrono::seconds{7200});
}

TEST_P(SmartSignIn, wrong_codes_count_down_and_the_third_starts_over) {
  const json one = account();
  const auto sent = begin(one);
  const std::string wrong = latest_code(person_of(one)) == "000000" ? "000001" : "000000";
  for (int left = 2; left >= 1; --left) {
    const auto refused = answer(asked(sent), wrong);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, TroubleCode::challenge_wrong_answer);
    EXPECT_EQ(refused.error().attempts_left, left);
  }
  const auto third = answer(asked(sent), wrong);
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().code, TroubleCode::challenge_expired);
}

TEST_P(SmartSignIn, SM_03_lock_is_told_with_its_end_on_our_clock) {
  const json one = account();
  for (int left = 3; left >= 1; --left) {
    const auto refused = begin(text(one, "username"), "Not-The-Word-99");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().attempts_left, left);
  }
  const auto locked = begin(text(one, "username"), "Not-The-Word-99");
  ASSERT_FALSE(locked);
  EXPECT_EQ(locked.error().code, TroubleCode::account_locked);
  const long lock_seconds = scenario().option("lockSeconds", 1800);
  EXPECT_EQ(locked.error().retry_at, now() + std::chrono::seconds{lock_seconds});
  const auto again = begin(one);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().retry_at, locked.error().retry_at);
  advance(lock_seconds);
  (void)asked(begin(one));
}

TEST_P(SmartSignIn, SM_04_nothing_of_a_sign_in_is_sent_twice) {
  const json one = account();
  for (const char* kind : {"lost_answer", "reset", "html_502"}) {
    clear_faults();
    add_fault("Login", kind);
    const std::size_t before = calls("Login").size();
    const auto refused = begin(one);
    ASSERT_FALSE(refused) << kind;
    EXPECT_EQ(refused.error().code, TroubleCode::source_unavailable) << kind;
    EXPECT_EQ(calls("Login").size() - before, 1U) << kind;
  }
  clear_faults();
  const auto sent = begin(one);
  add_fault("VerifyCode", "lost_answer");
  ASSERT_FALSE(answer(asked(sent), latest_code(person_of(one))));
  EXPECT_EQ(calls("VerifyCode").size(), 1U);
}

TEST_P(SmartSignIn, expired_password_leads_to_the_states_own_page) {
  const json one = account();
  simulator().account(text(one, "id"), "expire_password");
  const auto step = begin(one);
  ASSERT_TRUE(step);
  EXPECT_EQ(std::get<AuthAction>(step_of(step)).kind, "reset_password");
}

TEST_P(SmartSignIn, account_that_is_not_available_looks_the_same_whatever_the_reason) {
  const json one = account();
  for (const char* action : {"disable", "disable_safety"}) {
    simulator().account(text(one, "id"), action);
    const auto refused = begin(one);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, TroubleCode::account_unavailable);
    EXPECT_FALSE(refused.error().retry_at);
  }
}

TEST_P(SmartSignIn, session_that_somebody_else_took_has_ended_and_can_still_be_ended) {
  const json one = account();
  const SecretBytes first = sign_in(one);
  const SecretBytes second = sign_in(one);
  const auto listed = adapter().list_cases(context(), first);
  ASSERT_FALSE(listed);
  EXPECT_EQ(listed.error().code, TroubleCode::source_session_ended);
  EXPECT_TRUE(adapter().auth_end(context(), first));
  EXPECT_TRUE(adapter().auth_end(context(), second));
  EXPECT_FALSE(adapter().list_cases(context(), second));
}

INSTANTIATE_TEST_SUITE_P(Smart, SmartSignIn,
                         ::testing::Values(Simulator::Carrier::tls, Simulator::Carrier::plain),
                         [](const auto& one) {
                           return one.param == Simulator::Carrier::tls ? "tls" : "plain";
                         });

}  // namespace
}  // namespace casebridge::conformance
