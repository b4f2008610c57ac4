// Signing in to Texas: TX-01, TX-02, TX-03, TX-20, second steps, the end of sessions, and lost answers.
#include <algorithm>
#include <cctype>

#include "core/base/crypto.hpp"
#include "tests/conformance/texas_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::AuthAction;
using model::AuthChallenge;
using model::AuthDone;

class TexasSignIn : public TexasSuite {
 protected:
  json any_account() {
    const auto found = scenario().credential();
    if (!found) throw std::runtime_error("the scenario has no usable account of tx-icop");
    return *found;
  }
  static std::string text(const json& credential, const char* member) {
    return credential.at(member).get<std::string>();
  }
};

std::string other_case(std::string text) {
  for (char& c : text) {
    const auto octet = static_cast<unsigned char>(c);
    c = static_cast<char>(std::isupper(octet) != 0 ? std::tolower(octet) : std::toupper(octet));
  }
  return text;
}

TEST_P(TexasSignIn, TX_01_name_and_password_are_sent_as_typed) {
  const json account = any_account();
  const std::string user = text(account, "username"), password = text(account, "password");
  // What the state would take if somebody trimmed it or changed its case must be refused.
  for (const auto& [name, secret] :
       {std::pair(user + " ", password), std::pair(other_case(user), password),
        std::pair(user, " " + password), std::pair(user, other_case(password))}) {
    const auto refused = begin(name, secret);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, TroubleCode::credential_refused);
  }
  (void)step_of(begin(account));
  const auto logins = calls("login");
  ASSERT_EQ(logins.size(), 5U);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(logins[i].at("outcome"), "wrong_credentials");
  const std::string body =
      R"({"userName":)" + json(user).dump() + R"(,"password":)" + json(password).dump() + "}";
  EXPECT_EQ(logins[4].at("bodySha256"), crypto::hex(crypto::sha256(body)));
}

TEST_P(TexasSignIn, TX_02_wrong_password_is_tried_once_and_tells_the_tries_left) {
  const json account = any_account();
  const auto refused = begin(text(account, "username"), "Not-The-Word-99");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::credential_refused);
  EXPECT_EQ(refused.error().attempts_left, 4);
  ASSERT_EQ(calls("login").size(), 1U);
  EXPECT_TRUE(calls("login")[0].at("counted").get<bool>());
}

TEST_P(TexasSignIn, TX_03_lock_is_told_with_its_end_and_nothing_is_called_before_asked) {
  const json account = any_account();
  const Instant started = now();
  for (int left = 4; left >= 1; --left) {
    const auto refused = begin(text(account, "username"), "Not-The-Word-99");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().attempts_left, left);
  }
  const auto fifth = begin(text(account, "username"), "Not-The-Word-99");
  ASSERT_FALSE(fifth);
  EXPECT_EQ(fifth.error().code, TroubleCode::account_locked);
  EXPECT_EQ(fifth.error().retry_at, started + std::chrono::seconds{900});
  EXPECT_EQ(simulator().calls("tx-icop").size(), 5U);
  // Asked again, with the right password: the same lock, the same end.
  const auto again = begin(account);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().retry_at, fifth.error().retry_at);
  EXPECT_EQ(simulator().calls("tx-icop").size(), 6U);
  advance(900);
  (void)step_of(begin(account));
}

TEST_P(TexasSignIn, TX_20_account_that_is_not_available_looks_the_same_whatever_the_reason) {
  const json account = any_account();
  std::vector<Trouble> seen;
  const auto try_it = [&] {
    const auto refused = begin(account);
    ASSERT_FALSE(refused);
    seen.push_back(refused.error());
  };
  for (const char* action : {"disable", "disable_safety"}) {
    simulator().account(text(account, "id"), action);
    try_it();
  }
  json document = scenario().document();
  for (json& one : document["credentials"])
    if (one.at("id") == account.at("id")) one["state"] = "no_case";
  use(document);
  try_it();
  ASSERT_EQ(seen.size(), 3U);
  for (const Trouble& trouble : seen) {
    EXPECT_EQ(trouble.code, TroubleCode::account_unavailable);
    EXPECT_FALSE(trouble.retry_at);
    EXPECT_FALSE(trouble.attempts_left);
    EXPECT_EQ(trouble.detail, seen[0].detail);
    EXPECT_EQ(trouble.remedy_action, seen[0].remedy_action);
  }
}

TEST_P(TexasSignIn, session_tells_who_it_is_and_when_it_ends) {
  const auto plain = scenario().credential([](const json& one) {
    return one.value("otp", json()).is_null() && one.value("securityQuestion", json()).is_null();
  });
  if (!plain) GTEST_SKIP() << "no account without a second step";
  const SignedIn in = sign_in(*plain);
  const json seen = scenario().cases_of(in.person()).front();
  const json member = Scenario::participant(seen, in.person()).at("memberId");
  if (member.is_string()) {
    EXPECT_EQ(in.done.subject_key, member.get<std::string>());
  }
  EXPECT_FALSE(in.done.subject_key.empty());
  EXPECT_FALSE(in.done.second_step_used);
  EXPECT_EQ(in.done.idle_expires_at, now() + std::chrono::seconds{scenario().option("idleSeconds", 900)});
  EXPECT_EQ(in.done.absolute_expires_at,
            now() + std::chrono::seconds{scenario().option("absoluteSeconds", 14400)});
}

TEST_P(TexasSignIn, code_by_mail_is_asked_answered_and_sent_again) {
  const auto account =
      scenario().credential([](const json& one) { return one.value("otp", json()) == "email"; });
  if (!account) GTEST_SKIP() << "no account with a code by e-mail";
  const auto asked = begin(*account);
  const auto& challenge = std::get<AuthChallenge>(step_of(asked));
  EXPECT_EQ(challenge.challenge.kind, "otp");
  EXPECT_EQ(challenge.challenge.channel, "email");
  EXPECT_TRUE(challenge.challenge.resend_allowed);
  EXPECT_EQ(challenge.challenge.expires_at, now() + std::chrono::seconds{600});
  EXPECT_EQ(challenge.challenge.attempts_left, 3);
  const std::string address = scenario().person(text(*account, "person")).at("email").get<std::string>();
  EXPECT_NE(challenge.challenge.destination_hint, address);
  EXPECT_TRUE(challenge.challenge.destination_hint.ends_with(address.substr(address.find('@'))));

  const std::string first = latest_code(text(*account, "person"));
  const auto wrong = answer(challenge, first == "000000" ? "000001" : "000000");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, TroubleCode::challenge_wrong_answer);
  EXPECT_EQ(wrong.error().attempts_left, 2);
  const auto early = resend(challenge);
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, TroubleCode::resend_too_early);
  EXPECT_EQ(early.error().retry_at, challenge.challenge.resend_after);

  advance(30);
  const auto sent = resend(challenge);
  const auto& second = std::get<AuthChallenge>(step_of(sent));
  EXPECT_EQ(second.challenge.expires_at, now() + std::chrono::seconds{600});
  const auto done = answer(second, " " + latest_code(text(*account, "person")) + " ");
  EXPECT_TRUE(std::get<AuthDone>(step_of(done)).second_step_used);
  EXPECT_EQ(calls("login").size(), 1U);
  EXPECT_EQ(calls("resend").size(), 2U);
}

TEST_P(TexasSignIn, code_that_is_too_old_or_wrong_three_times_starts_over) {
  const auto account =
      scenario().credential([](const json& one) { return one.value("otp", json()) == "email"; });
  if (!account) GTEST_SKIP() << "no account with a code by e-mail";
  const auto asked = begin(*account);
  const auto& challenge = std::get<AuthChallenge>(step_of(asked));
  for (int left = 2; left >= 1; --left) {
    const auto wrong = answer(challenge, "not-the-code");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().attempts_left, left);
  }
  const auto third = answer(challenge, "not-the-code");
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().code, TroubleCode::challenge_expired);

  const auto again = begin(*account);
  const auto& late = std::get<AuthChallenge>(step_of(again));
  advance(600);
  const auto old = answer(late, latest_code(text(*account, "person")));
  ASSERT_FALSE(old);
  EXPECT_EQ(old.error().code, TroubleCode::challenge_expired);
}

TEST_P(TexasSignIn, question_is_shown_in_the_states_words) {
  const auto account =
      scenario().credential([](const json& one) { return !one.value("securityQuestion", json()).is_null(); });
  if (!account) GTEST_SKIP() << "no account with a question";
  const auto asked = begin(*account);
  const auto& challenge = std::get<AuthChallenge>(step_of(asked));
  EXPECT_EQ(challenge.challenge.kind, "question");
  EXPECT_EQ(challenge.challenge.upstream_text, account->at("securityQuestion").at("text"));
  EXPECT_FALSE(challenge.challenge.resend_allowed);
  const std::string right = account->at("securityQuestion").at("answer").get<std::string>();
  ASSERT_FALSE(answer(challenge, right + " not"));
  const auto done = answer(challenge, right);
  EXPECT_TRUE(std::get<AuthDone>(step_of(done)).second_step_used);
}

TEST_P(TexasSignIn, expired_password_sends_the_parent_to_the_state) {
  const json account = any_account();
  use_settings({{"password_page", "https://agency.example/password"}});
  simulator().account(text(account, "id"), "expire_password");
  const auto answered = begin(account);
  const auto& action = std::get<AuthAction>(step_of(answered));
  EXPECT_EQ(action.kind, "reset_password");
  EXPECT_EQ(action.url, "https://agency.example/password");
}

TEST_P(TexasSignIn, sign_in_is_never_made_twice) {
  const json account = any_account();
  use_settings({{"login_deadline_ms", 300}});
  int expected_calls = 0;
  for (const char* kind : {"reset", "lost_answer", "hang", "http_status"}) {
    simulator().post("/control/faults", {{"clear", true}});
    add_fault("login", kind, std::string(kind) == "http_status" ? json{{"status", 503}} : json::object());
    const auto failed = begin(account);
    ASSERT_FALSE(failed) << kind;
    EXPECT_EQ(failed.error().code, TroubleCode::source_unavailable) << kind;
    EXPECT_EQ(calls("login").size(), static_cast<std::size_t>(++expected_calls)) << kind;
  }
}

TEST_P(TexasSignIn, nothing_is_sent_to_a_parent_who_does_not_wait) {
  const json account = any_account();
  auto quiet = context();
  quiet.interactive = false;
  const auto refused =
      adapter().auth_begin(quiet, typed(text(account, "username"), text(account, "password")));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::needs_user);
  EXPECT_TRUE(simulator().calls("tx-icop").empty());
}

TEST_P(TexasSignIn, sign_out_ends_the_session_and_may_be_repeated) {
  const SignedIn in = sign_in();
  EXPECT_TRUE(adapter().auth_end(context(), in.done.session));
  const auto refused = adapter().list_cases(context(), in.done.session);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::source_session_ended);
  EXPECT_TRUE(adapter().auth_end(context(), in.done.session));
}

TEST_P(TexasSignIn, session_ends_after_rest_and_by_another_sign_in) {
  const SignedIn first = sign_in();
  const SignedIn second = sign_in(first.credential);
  const auto replaced = adapter().list_cases(context(), first.done.session);
  ASSERT_FALSE(replaced);
  EXPECT_EQ(replaced.error().code, TroubleCode::source_session_ended);
  EXPECT_EQ(replaced.error().detail, "session_conflict");
  EXPECT_TRUE(adapter().list_cases(context(), second.done.session));
  advance(scenario().option("idleSeconds", 900));
  const auto idle = adapter().list_cases(context(), second.done.session);
  ASSERT_FALSE(idle);
  EXPECT_EQ(idle.error().code, TroubleCode::source_session_ended);
  EXPECT_EQ(calls("login").size(), 2U);
}

std::string carrier_name(const ::testing::TestParamInfo<Simulator::Carrier>& carrier) {
  return carrier.param == Simulator::Carrier::tls ? "tls" : "plain";
}
INSTANTIATE_TEST_SUITE_P(Texas, TexasSignIn,
                         ::testing::Values(Simulator::Carrier::tls, Simulator::Carrier::plain), carrier_name);

}  // namespace
}  // namespace casebridge::conformance
