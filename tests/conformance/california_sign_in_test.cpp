// Signing in to the California portal: CA-08 to CA-10, CA-12, locks, refused accounts, a forgotten PIN.
#include <set>

#include "tests/conformance/california_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::AuthChallenge;
using model::AuthDone;

class CaliforniaSignIn : public CaliforniaSuite {
 protected:
  // The account with a PIN that must be changed.
  json account_with_temporary_pin() {
    json document = scenario().document();
    for (json& one : document["credentials"])
      if (one.at("id") == account().at("id")) one["pinTemporary"] = true;
    const json one = account();
    use(document);
    return one;
  }
  static const AuthChallenge& asked(const ports::Answer<model::AuthStep>& step) {
    return std::get<AuthChallenge>(step_of(step));
  }
  static TroubleCode code_of(const ports::Answer<model::AuthStep>& step) {
    return step ? TroubleCode::internal : step.error().code;
  }
  std::size_t logins() const { return calls("login").size(); }
  ports::Answer<model::RecoveryAnswer> forgot(const json& account, const std::string& channel,
                                              const std::string& birth_date) {
    model::RecoveryQuery query{"pin", channel, {}};
    query.fields.emplace("participant_id", SecretBytes::copy_of(text(account, "participantId")));
    query.fields.emplace("birth_date", SecretBytes::copy_of(birth_date));
    return adapter().recover_credential(context(), query);
  }
};

TEST_P(CaliforniaSignIn, right_pin_opens_a_session_with_the_portals_own_end) {
  const json one = account();
  const auto step = begin(one);
  const auto& done = std::get<AuthDone>(step_of(step));
  EXPECT_EQ(done.idle_expires_at, now() + std::chrono::seconds{scenario().option("idleSeconds", 600)});
  EXPECT_EQ(done.absolute_expires_at, now() + std::chrono::seconds{3600});
  EXPECT_FALSE(done.second_step_used);
  EXPECT_TRUE(adapter().list_cases(context(), done.session));
}

TEST_P(CaliforniaSignIn, CA_08_temporary_pin_asks_for_a_new_one_which_only_the_parent_gives) {
  const json one = account_with_temporary_pin();
  const auto first = begin(one);
  const AuthChallenge& challenge = asked(first);
  EXPECT_EQ(challenge.challenge.kind, "new_credential");
  ASSERT_EQ(challenge.challenge.fields.size(), 1U);
  // Neither the old one nor one that the portal would refuse is sent.
  for (const std::string& pin : {text(one, "pin"), std::string("123456"), std::string("777777"),
                                 std::string("60491"), std::string("6o4913")}) {
    EXPECT_EQ(code_of(answer(challenge, pin)), TroubleCode::invalid_field) << pin;
  }
  EXPECT_TRUE(calls("pin_change").empty());
  const auto changed = answer(challenge, "604913");
  const auto& done = std::get<AuthDone>(step_of(changed));
  EXPECT_TRUE(adapter().list_cases(context(), done.session));
  EXPECT_EQ(code_of(begin(one)), TroubleCode::credential_refused);
  EXPECT_TRUE(begin(text(one, "participantId"), "604913"));
}

TEST_P(CaliforniaSignIn, CA_08_nothing_is_asked_while_nobody_sits_there) {
  const json one = account_with_temporary_pin();
  model::AuthBegin typed;
  typed.credential_kind = "participant_pin";
  typed.fields.emplace("participant_id", SecretBytes::copy_of(text(one, "participantId")));
  typed.fields.emplace("pin", SecretBytes::copy_of(text(one, "pin")));
  auto alone = context();
  alone.interactive = false;
  EXPECT_EQ(code_of(adapter().auth_begin(alone, typed)), TroubleCode::needs_user);
  EXPECT_TRUE(calls("pin_change").empty());
}

TEST_P(CaliforniaSignIn, CA_09_token_is_used_once_unless_an_answer_was_lost) {
  const json one = account_with_temporary_pin();
  const auto first = begin(one);
  add_fault("pin_change", "lost_answer", json::object(), 0, 1);
  const auto changed = answer(asked(first), "604913");
  EXPECT_TRUE(std::holds_alternative<AuthDone>(step_of(changed)));
  const auto posts = calls("pin_change");
  ASSERT_EQ(posts.size(), 2U);
  EXPECT_EQ(posts[0].at("bodySha256"), posts[1].at("bodySha256"));
  EXPECT_EQ(posts[0].at("effect"), true);
  EXPECT_EQ(posts[1].at("effect"), false);
  // No two logins have the same body, though ID and PIN are the same.
  clear_faults();
  ASSERT_TRUE(begin(text(one, "participantId"), "604913"));
  ASSERT_TRUE(begin(text(one, "participantId"), "604913"));
  std::set<std::string> bodies;
  for (const json& call : calls("login")) bodies.insert(text(call, "bodySha256"));
  EXPECT_EQ(bodies.size(), logins());
}

TEST_P(CaliforniaSignIn, CA_09_login_is_never_sent_twice) {
  const json one = account();
  for (const char* kind : {"lost_answer", "reset"}) {
    clear_faults();
    add_fault("login", kind);
    const std::size_t before = logins();
    EXPECT_EQ(code_of(begin(one)), TroubleCode::source_unavailable) << kind;
    EXPECT_EQ(logins() - before, 1U) << kind;
  }
  clear_faults();
  add_fault("login", "csrf_lost");
  EXPECT_EQ(code_of(begin(one)), TroubleCode::adapter_fault);
}

TEST_P(CaliforniaSignIn, CA_10_cookies_belong_to_one_login_and_end_with_it) {
  const json one = account();
  const SecretBytes first = sign_in(one);
  ASSERT_TRUE(adapter().list_cases(context(), first));
  const SecretBytes second = sign_in(one);
  ASSERT_TRUE(adapter().list_cases(context(), second));
  const auto home = calls("home"), before = calls("login");
  ASSERT_EQ(home.size(), 2U);
  EXPECT_NE(home[0].at("auth"), home[1].at("auth"));
  // The session of a login is another one than that of its form.
  EXPECT_NE(home[0].at("auth"), before[0].at("auth"));
  for (const json& call : calls("login_page")) EXPECT_TRUE(call.at("auth").is_null());
  ASSERT_TRUE(adapter().auth_end(context(), first));
  const auto ended = adapter().list_cases(context(), first);
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().code, TroubleCode::source_session_ended);
  EXPECT_TRUE(adapter().auth_end(context(), first));
  EXPECT_TRUE(adapter().list_cases(context(), second));
}

TEST_P(CaliforniaSignIn, CA_12_wrong_pin_is_reported_once_and_the_fourth_try_is_not_made) {
  const json one = account();
  for (int i = 1; i <= 3; ++i) {
    const auto refused = begin(text(one, "participantId"), "00000" + std::to_string(i));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, TroubleCode::credential_refused);
    EXPECT_FALSE(refused.error().attempts_left);
    EXPECT_EQ(logins(), static_cast<std::size_t>(i));
  }
  const Instant first_try = now();
  const auto fourth = begin(one);
  ASSERT_FALSE(fourth);
  EXPECT_EQ(fourth.error().code, TroubleCode::account_locked);
  EXPECT_EQ(fourth.error().retry_at, first_try + std::chrono::minutes{60});
  EXPECT_EQ(logins(), 3U);
  advance(3600);
  EXPECT_TRUE(begin(one));
}

TEST_P(CaliforniaSignIn, CA_12_right_pin_and_tries_that_were_not_looked_at_do_not_count) {
  const json one = account();
  for (int i = 0; i < 2; ++i) EXPECT_FALSE(begin(text(one, "participantId"), "000000"));
  ASSERT_TRUE(begin(one));
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(begin(text(one, "participantId"), "000000"));
  clear_faults();
  advance(3600);
  simulator().account(text(one, "id"), "disable");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(code_of(begin(one)), TroubleCode::account_unavailable);
}

TEST_P(CaliforniaSignIn, lock_is_told_with_its_end) {
  const json one = account();
  simulator().account(text(one, "id"), "lock");
  const auto locked = begin(one);
  ASSERT_FALSE(locked);
  EXPECT_EQ(locked.error().code, TroubleCode::account_locked);
  EXPECT_EQ(locked.error().retry_at, now() + std::chrono::seconds{3600});
}

TEST_P(CaliforniaSignIn, account_that_is_not_available_looks_the_same_whatever_the_reason) {
  const json one = account();
  for (const char* action : {"disable", "disable_safety"}) {
    simulator().account(text(one, "id"), action);
    const auto refused = begin(one);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, TroubleCode::account_unavailable);
    EXPECT_FALSE(refused.error().retry_at);
  }
}

TEST_P(CaliforniaSignIn, what_is_no_participant_id_is_not_sent) {
  for (const char* id : {"", "123456789", "1234567890123456", "01002003004OO"})
    EXPECT_EQ(code_of(begin(std::string(id), "739154")), TroubleCode::invalid_field) << id;
  EXPECT_EQ(logins(), 0U);
}

TEST_P(CaliforniaSignIn, forgotten_pin_is_asked_for_in_the_same_words_whoever_asks) {
  const json one = account();
  const std::string birth = text(scenario().person(person_of(one)), "dob");
  const auto by_mail = forgot(one, "email", birth);
  ASSERT_TRUE(by_mail);
  EXPECT_EQ(std::get<model::RecoveryAnswer>(*by_mail).next, "check_email");
  const auto nobody = forgot({{"participantId", "9999999999999"}}, "email", birth);
  ASSERT_TRUE(nobody);
  EXPECT_EQ(std::get<model::RecoveryAnswer>(*nobody).next, "check_email");
  const auto by_post = forgot(one, "post", birth);
  ASSERT_TRUE(by_post);
  EXPECT_EQ(std::get<model::RecoveryAnswer>(*by_post).next, "check_post");
  const auto no_date = forgot(one, "email", "13/45/1980");
  ASSERT_FALSE(no_date);
  EXPECT_EQ(no_date.error().field, "birth_date");
  advance(20 * 60);
  const auto messages = simulator().outbox("ca-connect", person_of(one), "pin");
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(asked(begin(text(one, "participantId"), text(messages.back(), "code"))).challenge.kind,
            "new_credential");
}

INSTANTIATE_TEST_SUITE_P(California, CaliforniaSignIn,
                         ::testing::Values(Simulator::Carrier::tls, Simulator::Carrier::plain), carrier_name);

}  // namespace
}  // namespace casebridge::conformance
