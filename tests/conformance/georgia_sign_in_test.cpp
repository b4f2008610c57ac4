// The PIN by post: GA-11 to GA-16, and what a link lives through.
#include <algorithm>
#include <chrono>

#include "tests/conformance/georgia_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::AuthChallenge;
using model::AuthDone;
using std::chrono::days;
using std::chrono::hours;

template <class T>
TroubleCode code_of(const ports::Answer<T>& answer) {
  if (answer) throw std::runtime_error("this was expected to fail");
  return answer.error().code;
}

const AuthChallenge& asked(const ports::Answer<model::AuthStep>& answer) {
  return std::get<AuthChallenge>(step_of(answer));
}

class GeorgiaSignIn : public GeorgiaSuite {
 protected:
  std::string case_number() const { return account().at("caseNumber").get<std::string>(); }
  // Somebody who has no PIN yet, at a case without one.
  json newcomer() {
    json document = scenario().document();
    for (json& one : document["credentials"])
      if (one.at("id") == account().at("id")) one["state"] = "none";
    const json person = account();
    use(document);
    return person;
  }
  std::string letter_for(const json& person) const {
    const auto letters = simulator().outbox("ga-batch", person.at("person").get<std::string>(), "mail");
    return letters.empty() ? std::string() : letters.back().at("code").get<std::string>();
  }
  std::chrono::nanoseconds time_of(const std::string& case_number, const std::string& pin) {
    const auto start = std::chrono::steady_clock::now();
    (void)begin(case_number, pin);
    return std::chrono::steady_clock::now() - start;
  }
  // The Georgia part of a scenario in which somebody is at risk, or the case has gone.
  json restricted() const {
    json document = scenario().document();
    for (json& one : document["cases"])
      if (one.at("id") == case_of(account()).at("id")) one["participants"][0]["familyViolence"] = "P";
    return document;
  }
  json without_case() const {
    json document = scenario().document();
    for (json& one : document["cases"])
      if (one.at("id") == case_of(account()).at("id")) one["systems"] = json::array({"tx-icop"});
    std::erase_if(document["credentials"].get_ref<json::array_t&>(),
                  [](const json& one) { return one.at("system") == "ga-batch"; });
    return document;
  }
};

TEST_F(GeorgiaSignIn, pin_makes_a_link_that_has_no_end_of_its_own) {
  const auto done_step = begin(account());
  const auto& done = std::get<AuthDone>(step_of(done_step));
  EXPECT_FALSE(done.idle_expires_at);
  EXPECT_FALSE(done.absolute_expires_at);
  EXPECT_FALSE(done.second_step_used);
  EXPECT_FALSE(done.subject_key.empty());
  ASSERT_TRUE(adapter().list_cases(context(), done.session));
  EXPECT_EQ(request_lines("PINUSED").size(), 1U);
  side().restart();
  advance(days{5});
  EXPECT_TRUE(adapter().list_cases(context(), done.session));
}

TEST_F(GeorgiaSignIn, pin_is_good_for_one_link) {
  (void)link(account());
  EXPECT_EQ(code_of(begin(account())), TroubleCode::credential_expired);
  night();
  EXPECT_EQ(code_of(begin(account())), TroubleCode::credential_refused);
}

TEST_F(GeorgiaSignIn, pin_that_is_too_old_is_known_only_to_who_has_it) {
  json document = scenario().document();
  for (json& one : document["credentials"])
    if (one.at("id") == account().at("id")) one["expires"] = data_through().text();
  use(document);
  EXPECT_EQ(code_of(begin(account())), TroubleCode::credential_expired);
  EXPECT_EQ(code_of(begin(case_number(), wrong_pin(account(), 1))), TroubleCode::credential_refused);
}

TEST_F(GeorgiaSignIn, GA_11_fifth_wrong_pin_voids_it_also_over_restarts) {
  for (int i = 1; i <= 5; ++i) {
    const auto refused = begin(case_number(), wrong_pin(account(), i));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, TroubleCode::credential_refused) << i;
    EXPECT_EQ(refused.error().attempts_left, 5 - i);
    side().restart();
  }
  EXPECT_EQ(code_of(begin(account())), TroubleCode::account_locked);
  advance(hours{1});
  EXPECT_EQ(code_of(begin(account())), TroubleCode::account_locked);
  const auto voided = request_lines("PINVOID");
  ASSERT_EQ(voided.size(), 1U);
  EXPECT_NE(voided.front().find(case_number()), std::string::npos);
  // The state voids it as well; another one has to be ordered.
  for (int i = 0; i < 2; ++i) night();
  EXPECT_EQ(code_of(begin(account())), TroubleCode::credential_refused);
}

TEST_F(GeorgiaSignIn, GA_11_right_pin_before_the_fifth_is_good) {
  for (int i = 1; i <= 4; ++i) EXPECT_FALSE(begin(case_number(), wrong_pin(account(), i)));
  EXPECT_TRUE(begin(account()));
  EXPECT_TRUE(request_lines("PINVOID").empty());
}

TEST_F(GeorgiaSignIn, GA_12_unknown_case_answers_as_a_wrong_pin_does) {
  const std::string unknown = case_number() == "799999999" ? "799999998" : "799999999";
  for (int i = 1; i <= 7; ++i) {
    const auto wrong = begin(case_number(), wrong_pin(account(), i));
    const auto nobody = begin(unknown, wrong_pin(account(), i));
    ASSERT_FALSE(wrong);
    ASSERT_FALSE(nobody);
    EXPECT_EQ(wrong.error().code, nobody.error().code) << i;
    EXPECT_EQ(wrong.error().attempts_left, nobody.error().attempts_left) << i;
    EXPECT_EQ(wrong.error().retry_at, nobody.error().retry_at) << i;
    EXPECT_EQ(wrong.error().detail, nobody.error().detail) << i;
  }
}

TEST_F(GeorgiaSignIn, GA_12_unknown_case_takes_as_long_as_a_wrong_pin) {
  const std::string unknown = case_number() == "799999999" ? "799999998" : "799999999";
  auto wrong = std::chrono::nanoseconds::max(), nobody = wrong;
  for (int i = 1; i <= 4; ++i) {
    wrong = std::min(wrong, time_of(case_number(), wrong_pin(account(), i)));
    nobody = std::min(nobody, time_of(unknown, wrong_pin(account(), i)));
  }
  EXPECT_LT(wrong, 3 * nobody);
  EXPECT_LT(nobody, 3 * wrong);
}

TEST_F(GeorgiaSignIn, GA_13_letter_is_waited_for_for_forty_days_and_over_restarts) {
  const json person = newcomer();
  const auto step = enrol(person);
  const AuthChallenge& challenge = asked(step);
  EXPECT_EQ(challenge.challenge.kind, "mailed_code");
  EXPECT_EQ(challenge.challenge.channel, "post");
  EXPECT_EQ(challenge.challenge.expires_at, now() + days{40});
  side().restart();
  for (int i = 0; i < 9; ++i) night();
  const std::string pin = letter_for(person);
  ASSERT_EQ(pin.size(), 8U);
  side().restart();
  const auto wrong = answer(challenge, wrong_pin({{"pin", pin}}, 1));
  EXPECT_EQ(code_of(wrong), TroubleCode::challenge_wrong_answer);
  EXPECT_EQ(wrong.error().attempts_left, 4);
  const auto linked = answer(challenge, pin);
  const auto& done = std::get<AuthDone>(step_of(linked));
  EXPECT_EQ(read_facts(done.session, case_of(person), model::Dataset::balances),
            expected(person, model::Dataset::balances));
}

TEST_F(GeorgiaSignIn, GA_13_letter_that_is_not_used_in_time_ends_the_waiting) {
  const json person = newcomer();
  const auto step = enrol(person);
  night();
  EXPECT_EQ(code_of(answer(asked(step), "12345670")), TroubleCode::challenge_wrong_answer);
  advance(days{33});
  EXPECT_EQ(code_of(answer(asked(step), "12345670")), TroubleCode::challenge_expired);
}

TEST_F(GeorgiaSignIn, letter_is_looked_after_while_nobody_types) {
  const json person = newcomer();
  const auto step = enrol(person);
  ports::CallContext unasked = context();
  unasked.interactive = false;
  const auto ordered = adapter().auth_continue(unasked, asked(step).resume, {});
  EXPECT_EQ(asked(ordered).challenge.kind, "mailed_code");
  EXPECT_EQ(asked(ordered).challenge.prompt_key, asked(step).challenge.prompt_key);
  night();
  const auto taken = adapter().auth_continue(unasked, asked(ordered).resume, {});
  EXPECT_EQ(asked(taken).challenge.kind, "mailed_code");
  EXPECT_NE(asked(taken).challenge.prompt_key, asked(step).challenge.prompt_key);
  for (int i = 0; i < 8; ++i) night();
  EXPECT_TRUE(answer(asked(taken), letter_for(person)));
}

TEST_F(GeorgiaSignIn, letter_that_will_not_come_is_told_of_while_nobody_types) {
  const json person = newcomer();
  const auto step = enrol(person, "0000");
  night();
  ports::CallContext unasked = context();
  unasked.interactive = false;
  EXPECT_EQ(code_of(adapter().auth_continue(unasked, asked(step).resume, {})),
            TroubleCode::identity_mismatch);
}

TEST_F(GeorgiaSignIn, person_whom_the_state_does_not_find_is_told_nothing_else) {
  const json person = newcomer();
  const auto no_match = enrol(person, "0000");
  night();
  const auto refused = answer(asked(no_match), "12345670");
  EXPECT_EQ(code_of(refused), TroubleCode::identity_mismatch);
  // Not available online: the same words.
  json document = scenario().document();
  for (json& one : document["credentials"])
    if (one.at("id") == person.at("id")) one["state"] = "disabled_safety";
  use(document);
  const auto kept_back = enrol(person);
  night();
  const auto also_refused = answer(asked(kept_back), "12345670");
  EXPECT_EQ(code_of(also_refused), TroubleCode::identity_mismatch);
  EXPECT_EQ(also_refused.error().detail, refused.error().detail);
}

TEST_F(GeorgiaSignIn, GA_14_request_is_written_once_and_repeated_once_after_three_runs) {
  const json person = newcomer();
  const std::string number = person.at("caseNumber").get<std::string>();
  add_fault("no_ack", json::object(), nullptr);
  (void)asked(enrol(person));
  const std::string first = request_lines("ENROL").at(0);
  for (int i = 0; i < 2; ++i) {
    night();
    (void)begin(number, "12345670");
    EXPECT_EQ(request_lines("ENROL").size(), 1U);
  }
  night();
  (void)begin(number, "12345671");
  const auto twice = request_lines("ENROL");
  ASSERT_EQ(twice.size(), 2U);
  EXPECT_EQ(twice[0], twice[1]);
  EXPECT_EQ(twice[0], first);
  for (int i = 0; i < 8; ++i) night();
  (void)begin(number, "12345672");
  EXPECT_EQ(request_lines("ENROL").size(), 2U);
}

TEST_F(GeorgiaSignIn, files_are_a_quarter_of_an_hour_apart_and_may_carry_several_requests) {
  const json person = newcomer();
  const std::string number = person.at("caseNumber").get<std::string>();
  (void)asked(enrol(person));
  auto waiting = enrol(person);
  ASSERT_TRUE(waiting);
  const auto* pending = std::get_if<model::Pending>(&*waiting);
  ASSERT_NE(pending, nullptr);
  EXPECT_EQ(pending->not_before, now() + std::chrono::minutes{15});
  EXPECT_EQ(request_lines("ENROL").size(), 1U);
  advance(std::chrono::minutes{15});
  (void)begin(number, "12345670");
  EXPECT_EQ(request_lines("ENROL").size(), 2U);
  EXPECT_EQ(request_files().size(), 4U);
}

TEST_F(GeorgiaSignIn, GA_15_restricted_case_looks_like_one_that_is_gone) {
  const json one = account(), one_case = case_of(one);
  const json original = scenario().document();
  std::vector<std::vector<std::string>> seen;
  for (const json& later : {restricted(), without_case()}) {
    use(original);
    const SecretBytes session = link(one);
    ASSERT_EQ(read_facts(session, one_case, model::Dataset::cases), expected(one, model::Dataset::cases));
    std::vector<std::string> told;
    change_state_to(later);
    for (int i = 0; i < 4; ++i) {
      const auto listed = adapter().list_cases(context(), session);
      told.push_back(listed ? "listed" : std::string(listed.error().row().name));
      const auto content =
          read(session, one_case, {std::begin(georgia_datasets), std::end(georgia_datasets)});
      if (!content) {
        told.push_back(std::string(content.error().row().name));
      } else {
        for (const model::DatasetAnswer& answer : content->datasets)
          for (const std::string& fact : facts_of(records_of(answer))) told.push_back(fact);
        EXPECT_EQ(list_of<model::Case>(content->datasets.at(0)).at(0).safety,
                  model::SafetyLevel::case_blocked);
      }
      night();
    }
    const auto refused = begin(one.at("caseNumber").get<std::string>(), wrong_pin(one, 1));
    told.push_back(std::string(refused.error().row().name));
    seen.push_back(told);
  }
  EXPECT_EQ(seen[0], seen[1]);
  EXPECT_EQ(seen[0].front(), "listed");
  EXPECT_EQ(seen[0].at(seen[0].size() - 2), "source_session_ended");
}

TEST_F(GeorgiaSignIn, revoked_pin_ends_what_it_opened) {
  const json one = account();
  const SecretBytes session = link(one);
  ASSERT_TRUE(read(session, case_of(one), {model::Dataset::balances}));
  simulator().account(one.at("id").get<std::string>(), "disable_safety");
  night();
  const auto content = read(session, case_of(one), {model::Dataset::cases, model::Dataset::balances});
  ASSERT_TRUE(content);
  EXPECT_TRUE(records_of(content->datasets.at(1)).index() == 2 &&
              list_of<model::BalanceLine>(content->datasets.at(1)).empty());
  EXPECT_EQ(list_of<model::Case>(content->datasets.at(0)).at(0).safety, model::SafetyLevel::case_blocked);
}

TEST_F(GeorgiaSignIn, case_kept_back_while_nobody_looked_is_told_before_the_link_ends) {
  const json one = account(), one_case = case_of(one);
  const json original = scenario().document();
  for (const json& later : {restricted(), without_case()}) {
    use(original);
    const SecretBytes session = link(one);
    ASSERT_EQ(read_facts(session, one_case, model::Dataset::cases), expected(one, model::Dataset::cases));
    change_state_to(later);
    for (int i = 0; i < 4; ++i) night();
    EXPECT_TRUE(adapter().list_cases(context(), session));
    // Also when the first answer was lost on its way.
    for (int i = 0; i < 2; ++i) {
      const auto content = read(session, one_case, {model::Dataset::cases});
      ASSERT_TRUE(content);
      EXPECT_EQ(list_of<model::Case>(content->datasets.at(0)).at(0).safety, model::SafetyLevel::case_blocked);
    }
    night();
    EXPECT_EQ(code_of(adapter().list_cases(context(), session)), TroubleCode::source_session_ended);
    EXPECT_EQ(code_of(adapter().list_cases(context(), session)), TroubleCode::source_session_ended);
  }
}

TEST_F(GeorgiaSignIn, case_that_is_kept_back_takes_no_orders) {
  const json one = account();
  const SecretBytes session = link(one);
  model::MessageOrder message;
  message.write_id = "00000000-0000-4000-8000-000000000009";
  message.case_key = one.at("caseNumber").get<std::string>();
  message.subject = "Question";
  message.body = "Where is my payment?";
  change_state_to(restricted());
  const auto refused = perform(session, message);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::source_not_found);
  advance(hours{1});
  (void)adapter().list_cases(context(), session);
  EXPECT_TRUE(request_lines("MSG").empty());
}

TEST_F(GeorgiaSignIn, link_of_a_revoked_pin_ends_though_the_pin_is_good_again) {
  const json one = account();
  const std::string id = one.at("id").get<std::string>();
  const SecretBytes session = link(one);
  simulator().account(id, "disable_safety");
  night();
  ASSERT_TRUE(read(session, case_of(one), {model::Dataset::cases}));
  simulator().account(id, "enable");
  night();
  const auto told = read(session, case_of(one), {model::Dataset::cases});
  ASSERT_TRUE(told);
  EXPECT_EQ(list_of<model::Case>(told->datasets.at(0)).at(0).safety, model::SafetyLevel::case_blocked);
  night();
  const auto later = read(session, case_of(one), {model::Dataset::balances});
  ASSERT_FALSE(later);
  EXPECT_EQ(later.error().code, TroubleCode::source_session_ended);
}

TEST_F(GeorgiaSignIn, GA_16_folder_that_is_not_mounted_stops_the_adapter_with_an_alarm) {
  // An SFTP mount with strict host keys is not there when the key has changed.
  Reach reach{"ga-batch", "", "", ""};
  reach.keeps_values = true;
  reach.entry_json = folders_at(drop() / "no-such-mount");
  GatewaySide alone(reach, now());
  model::AuthBegin typed;
  typed.credential_kind = "mailed_pin";
  typed.fields.emplace("case_number", SecretBytes::copy_of(case_number()));
  typed.fields.emplace("pin", SecretBytes::copy_of(account().at("pin").get<std::string>()));
  const auto refused = alone.adapter().auth_begin(context(), typed);
  EXPECT_EQ(code_of(refused), TroubleCode::source_unavailable);
  EXPECT_NE(alone.log_text().find("landing_folder"), std::string::npos);
}

TEST_F(GeorgiaSignIn, unlinking_forgets_the_case) {
  const SecretBytes session = link(account());
  ASSERT_TRUE(adapter().auth_end(context(), session));
  const auto listed = adapter().list_cases(context(), session);
  EXPECT_EQ(code_of(listed), TroubleCode::source_session_ended);
  EXPECT_TRUE(adapter().auth_end(context(), session));
}

TEST_F(GeorgiaSignIn, what_is_no_case_number_and_no_pin_is_not_looked_up) {
  for (const char* number : {"", "70012345", "7001234567", "70012345A"})
    EXPECT_EQ(code_of(begin(number, "12345678")), TroubleCode::invalid_field) << number;
  for (const char* pin : {"", "1234567", "123456789", "1234567a"})
    EXPECT_EQ(code_of(begin(case_number(), pin)), TroubleCode::invalid_field) << pin;
}

}  // namespace
}  // namespace casebridge::conformance
