// A new account in Texas, and forgotten names and passwords.
#include "tests/conformance/texas_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::AuthChallenge;

constexpr const char* new_user = "NewParent.Test";
constexpr const char* new_password = "Orange-Door88";
constexpr const char* new_mail = "new.parent@example.net";

class TexasEnrolment : public TexasSuite {
 protected:
  // A person with a case and no account.
  std::optional<json> stranger() const {
    for (const json& one : scenario().document().at("credentials")) {
      if (one.at("system") != "tx-icop" || one.at("kind") != "not_enrolled") continue;
      if (!scenario().cases_of(one.at("person").get<std::string>()).empty()) return one;
    }
    return std::nullopt;
  }
  model::AuthBegin identity(const json& credential) const {
    const auto id = credential.at("person").get<std::string>();
    const json person = scenario().person(id);
    model::AuthBegin begin;
    begin.credential_kind = "username_password";
    const auto put = [&](const char* name, const std::string& text) {
      begin.fields.insert_or_assign(name, SecretBytes::copy_of(text));
    };
    put("first_name", person.at("name").at("first").get<std::string>());
    put("last_name", person.at("name").at("last").get<std::string>());
    put("date_of_birth", person.at("dob").get<std::string>());
    put("cin", credential.at("cin").get<std::string>());
    put("case_number", scenario().cases_of(id).front().at("caseNumber").get<std::string>());
    return begin;
  }
  static AuthChallenge challenge_of(ports::Answer<model::AuthStep> answer) {
    (void)step_of(answer);
    return std::get<AuthChallenge>(std::get<model::AuthStep>(std::move(*answer)));
  }
  ports::Answer<model::AuthStep> choose(const AuthChallenge& asked, const std::string& user,
                                        const std::string& password) {
    model::AuthAnswer given;
    given.fields.emplace("user_name", SecretBytes::copy_of(user));
    given.fields.emplace("password", SecretBytes::copy_of(password));
    given.fields.emplace("email", SecretBytes::copy_of(new_mail));
    return adapter().auth_continue(context(), asked.resume, given);
  }
  ports::Answer<model::RecoveryAnswer> forgot(const std::string& what,
                                              const std::map<std::string, std::string>& fields) {
    model::RecoveryQuery query;
    query.what = what;
    for (const auto& [name, text] : fields) query.fields.emplace(name, SecretBytes::copy_of(text));
    return adapter().recover_credential(context(), query);
  }
  static std::string next_of(const ports::Answer<model::RecoveryAnswer>& answer) {
    if (!answer) return std::string(answer.error().row().name);
    return std::get<model::RecoveryAnswer>(*answer).next;
  }
};

TEST_P(TexasEnrolment, new_account_is_made_and_signed_in_to) {
  const auto credential = stranger();
  if (!credential) GTEST_SKIP() << "everybody has an account";
  const auto person = credential->at("person").get<std::string>();
  const AuthChallenge login = challenge_of(adapter().enrol_begin(context(), identity(*credential)));
  EXPECT_EQ(login.challenge.kind, "fields");
  EXPECT_EQ(login.challenge.expires_at, now() + std::chrono::minutes{30});
  const AuthChallenge mail = challenge_of(choose(login, new_user, new_password));
  EXPECT_EQ(mail.challenge.kind, "otp");
  EXPECT_EQ(mail.challenge.channel, "email");
  EXPECT_NE(mail.challenge.destination_hint, new_mail);
  const auto wrong = answer(mail, "x");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, TroubleCode::challenge_wrong_answer);
  EXPECT_EQ(wrong.error().attempts_left, 2);
  const AuthChallenge second = challenge_of(answer(mail, latest_code(person)));
  EXPECT_EQ(second.challenge.kind, "otp");
  const auto done = answer(second, latest_code(person));
  ASSERT_TRUE(std::holds_alternative<model::AuthDone>(step_of(done)));
  const auto& session = std::get<model::AuthDone>(step_of(done)).session;
  const auto cases = adapter().list_cases(context(), session);
  ASSERT_TRUE(cases);
  EXPECT_EQ(std::get<model::CaseList>(*cases).cases.size(), scenario().cases_of(person).size());
  EXPECT_EQ(calls("login").size(), 1U);
}

TEST_P(TexasEnrolment, person_who_is_not_known_and_one_with_an_account_look_the_same) {
  const auto credential = stranger();
  if (!credential) GTEST_SKIP() << "everybody has an account";
  auto unknown = identity(*credential);
  unknown.fields.insert_or_assign("cin", SecretBytes::copy_of("C999999999"));
  const auto enrolled =
      scenario().credential([](const json& one) { return one.value("cin", json()).is_string(); });
  ASSERT_TRUE(enrolled);
  const auto first = adapter().enrol_begin(context(), unknown);
  const auto second = adapter().enrol_begin(context(), identity(*enrolled));
  ASSERT_FALSE(first);
  ASSERT_FALSE(second);
  EXPECT_EQ(first.error().code, TroubleCode::identity_mismatch);
  EXPECT_EQ(second.error().code, first.error().code);
  EXPECT_EQ(second.error().detail, first.error().detail);
}

TEST_P(TexasEnrolment, fifth_mismatch_closes_enrolment_for_a_day) {
  const auto credential = stranger();
  if (!credential) GTEST_SKIP() << "everybody has an account";
  auto unknown = identity(*credential);
  unknown.fields.insert_or_assign("cin", SecretBytes::copy_of("C999999999"));
  const Instant started = now();
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(adapter().enrol_begin(context(), unknown));
  const auto refused = adapter().enrol_begin(context(), unknown);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::account_locked);
  EXPECT_EQ(refused.error().retry_at, started + std::chrono::hours{24});
  EXPECT_EQ(calls("enrol_start").size(), 5U);
}

TEST_P(TexasEnrolment, taken_name_and_weak_password_are_asked_again) {
  const auto credential = stranger();
  const auto other = scenario().credential();
  if (!credential || !other) GTEST_SKIP() << "needs one person with an account and one without";
  const AuthChallenge login = challenge_of(adapter().enrol_begin(context(), identity(*credential)));
  const auto taken = choose(login, other->at("username").get<std::string>(), new_password);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, TroubleCode::invalid_field);
  EXPECT_EQ(taken.error().field, "user_name");
  const auto weak = choose(login, new_user, "orangedoor");
  ASSERT_FALSE(weak);
  EXPECT_EQ(weak.error().field, "password");
  EXPECT_EQ(challenge_of(choose(login, new_user, new_password)).challenge.kind, "otp");
}

TEST_P(TexasEnrolment, enrolment_that_waited_too_long_begins_again) {
  const auto credential = stranger();
  if (!credential) GTEST_SKIP() << "everybody has an account";
  const AuthChallenge login = challenge_of(adapter().enrol_begin(context(), identity(*credential)));
  advance(30 * 60);
  const auto late = choose(login, new_user, new_password);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, TroubleCode::challenge_expired);
}

TEST_P(TexasEnrolment, step_of_an_enrolment_is_never_made_twice) {
  const auto credential = stranger();
  if (!credential) GTEST_SKIP() << "everybody has an account";
  add_fault("enrol_start", "lost_answer", json::object(), 0, 1);
  const auto lost = adapter().enrol_begin(context(), identity(*credential));
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, TroubleCode::source_unavailable);
  EXPECT_EQ(calls("enrol_start").size(), 1U);
  const AuthChallenge login = challenge_of(adapter().enrol_begin(context(), identity(*credential)));
  const AuthChallenge mail = challenge_of(choose(login, new_user, new_password));
  add_fault("enrol_verify", "lost_answer", json::object(), 0, 1);
  EXPECT_FALSE(answer(mail, latest_code(credential->at("person").get<std::string>())));
  EXPECT_EQ(calls("enrol_verify").size(), 1U);
  EXPECT_TRUE(calls("login").empty());
}

TEST_P(TexasEnrolment, forgotten_credential_is_answered_alike_and_only_mail_tells) {
  const auto credential = scenario().credential([&](const json& one) {
    return scenario().person(one.at("person").get<std::string>()).at("email").is_string();
  });
  ASSERT_TRUE(credential);
  const auto id = credential->at("person").get<std::string>();
  const json person = scenario().person(id);
  const auto name = person.at("name").at("last").get<std::string>();
  const auto mail = person.at("email").get<std::string>();
  const auto born = person.at("dob").get<std::string>();
  EXPECT_EQ(next_of(forgot("password", {{"user_name", "Nobody.Test"}})), "check_email");
  EXPECT_EQ(next_of(forgot("user_name",
                           {{"email", "nobody@example.com"}, {"last_name", name}, {"date_of_birth", born}})),
            "check_email");
  EXPECT_TRUE(simulator().outbox("tx-icop", id, "link").empty());
  EXPECT_TRUE(simulator().outbox("tx-icop", id, "username").empty());
  EXPECT_EQ(next_of(forgot("password", {{"user_name", credential->at("username").get<std::string>()}})),
            "check_email");
  EXPECT_EQ(next_of(forgot("user_name", {{"email", mail}, {"last_name", name}, {"date_of_birth", born}})),
            "check_email");
  EXPECT_EQ(simulator().outbox("tx-icop", id, "link").size(), 1U);
  EXPECT_EQ(simulator().outbox("tx-icop", id, "username").size(), 1U);
  // The link in the mail is the parent's: nothing but these four calls was made.
  EXPECT_EQ(simulator().calls("tx-icop").size(), 4U);
}

TEST_P(TexasEnrolment, there_is_no_forgotten_pin) {
  EXPECT_EQ(next_of(forgot("pin", {{"user_name", "x"}})), "not_supported");
  EXPECT_TRUE(simulator().calls("tx-icop").empty());
}

TEST_P(TexasEnrolment, nothing_typed_is_in_logs_or_errors) {
  const auto credential = stranger();
  if (!credential) GTEST_SKIP() << "everybody has an account";
  std::string said;
  const AuthChallenge login = challenge_of(adapter().enrol_begin(context(), identity(*credential)));
  const AuthChallenge mail = challenge_of(choose(login, new_user, new_password));
  const auto code = latest_code(credential->at("person").get<std::string>());
  add_fault("*", "malformed");
  for (const auto& refused : {choose(login, new_user, new_password), answer(mail, code)})
    if (!refused) said += refused.error().detail + refused.error().field;
  (void)forgot("password", {{"user_name", new_user}});
  said += side().log_text();
  const json person = scenario().person(credential->at("person").get<std::string>());
  for (const std::string& secret :
       {std::string(new_user), std::string(new_password), std::string(new_mail), code,
        credential->at("cin").get<std::string>(), person.at("dob").get<std::string>()})
    EXPECT_EQ(said.find(secret), std::string::npos) << secret.substr(0, 2);
}

std::string carrier_name(const ::testing::TestParamInfo<Simulator::Carrier>& carrier) {
  return carrier.param == Simulator::Carrier::tls ? "tls" : "plain";
}
INSTANTIATE_TEST_SUITE_P(Texas, TexasEnrolment,
                         ::testing::Values(Simulator::Carrier::tls, Simulator::Carrier::plain), carrier_name);

}  // namespace
}  // namespace casebridge::conformance
