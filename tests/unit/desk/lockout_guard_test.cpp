// The lock-out guard, counted at the state: what was refused is not sent again, and the last try needs a
// clear word.
#include "core/desk/cancel_link_attempt.hpp"
#include "tests/unit/desk/desk_world.hpp"

namespace casebridge::desk::testing {
namespace {

class LockoutGuard : public DeskWorld {};

TEST_F(LockoutGuard, never_sends_a_refused_credential_again) {
  systems_.texas.next_begin(refusal(TroubleCode::credential_refused, 4));
  const auto wrong = type(start(), "Wrong-1");
  ASSERT_TRUE(wrong && wrong->trouble);
  EXPECT_EQ(wrong->trouble->code, TroubleCode::credential_refused);
  EXPECT_EQ(wrong->challenge->spec.attempts_left, 4);
  EXPECT_EQ(type(*wrong, "Wrong-1").error().code, TroubleCode::credential_already_refused);
  EXPECT_EQ(type(start(), "Wrong-1").error().code, TroubleCode::credential_already_refused);
  restart();
  EXPECT_EQ(type(start("vaulted"), "Wrong-1").error().code, TroubleCode::credential_already_refused);
  EXPECT_EQ(systems_.texas.count("auth_begin"), 1);
}

TEST_F(LockoutGuard, asks_for_a_clear_word_before_the_last_try) {
  systems_.texas.next_begin(refusal(TroubleCode::credential_refused, 1));
  systems_.texas.next_begin([] { return signed_in(); });
  const auto wrong = type(start(), "Wrong-1");
  const auto risk = type(*wrong, "Right-1");
  ASSERT_FALSE(risk);
  EXPECT_EQ(risk.error().code, TroubleCode::challenge_lockout_risk);
  EXPECT_EQ(risk.error().attempts_left, 1);
  EXPECT_EQ(systems_.texas.count("auth_begin"), 1);
  const auto confirmed = type(*wrong, "Right-1", true);
  ASSERT_TRUE(confirmed);
  EXPECT_EQ(confirmed->state, "succeeded");
}

TEST_F(LockoutGuard, counts_by_itself_where_the_state_does_not_tell) {
  AttemptView view = start();
  for (int i = 0; i < 4; ++i) {
    systems_.texas.next_begin(refusal(TroubleCode::credential_refused));
    auto next = type(view, "Wrong-" + std::to_string(i));
    ASSERT_TRUE(next);
    view = *next;
  }
  EXPECT_EQ(type(view, "Wrong-5").error().code, TroubleCode::challenge_lockout_risk);
  EXPECT_EQ(systems_.texas.count("auth_begin"), 4);
}

TEST_F(LockoutGuard, counts_names_separately) {
  systems_.texas.next_begin(refusal(TroubleCode::credential_refused, 1));
  systems_.texas.next_begin([] { return signed_in(); });
  const auto wrong = type(start(), "Wrong-1");
  const auto other = answer(*wrong, {{"user_name", "sam.k"}, {"password", "Right-1"}});
  ASSERT_TRUE(other);
  EXPECT_EQ(other->state, "succeeded");
}

TEST_F(LockoutGuard, lets_no_account_go_through_the_names_of_others) {
  for (int i = 0; i < 10; ++i) {
    systems_.texas.next_begin(refusal(TroubleCode::credential_refused, 4));
    const auto wrong = answer(start(), {{"user_name", "name." + std::to_string(i)}, {"password", "Guess-1"}});
    ASSERT_TRUE(wrong && wrong->trouble) << i;
  }
  systems_.texas.next_begin([] { return signed_in(); });
  const auto limited = answer(start(), {{"user_name", "name.10"}, {"password", "Guess-1"}});
  ASSERT_FALSE(limited);
  EXPECT_EQ(limited.error().code, TroubleCode::rate_limited);
  EXPECT_EQ(limited.error().retry_at, clock_.now() + std::chrono::hours{24});
  EXPECT_EQ(systems_.texas.count("auth_begin"), 10);
  clock_.advance(std::chrono::hours{24});
  EXPECT_TRUE(answer(start(), {{"user_name", "name.10"}, {"password", "Guess-1"}}));
}

TEST_F(LockoutGuard, counts_guesses_also_when_the_parents_own_sign_in_succeeds_between_them) {
  for (int i = 0; i < 10; ++i) {
    systems_.texas.next_begin(refusal(TroubleCode::credential_refused, 4));
    ASSERT_TRUE(answer(start(), {{"user_name", "name." + std::to_string(i)}, {"password", "Guess-1"}}));
    if (i != 5) continue;
    systems_.texas.next_begin([] { return signed_in(); });
    ASSERT_TRUE(type(start(), "Right-1"));
  }
  EXPECT_EQ(answer(start(), {{"user_name", "name.10"}, {"password", "Guess-1"}}).error().code,
            TroubleCode::rate_limited);
}

TEST_F(LockoutGuard, counts_no_guess_when_the_state_was_away) {
  for (int i = 0; i < 12; ++i) {
    systems_.texas.next_begin(refusal(TroubleCode::source_unavailable));
    ASSERT_TRUE(answer(start(), {{"user_name", "name." + std::to_string(i)}, {"password", "Right-1"}})) << i;
  }
}

TEST_F(LockoutGuard, does_not_ask_a_locked_account_before_the_lock_ends) {
  const Instant end = clock_.now() + std::chrono::seconds{900};
  systems_.texas.next_begin(refusal(TroubleCode::account_locked, {}, end));
  systems_.texas.next_begin([] { return signed_in(); });
  const auto locked = type(start(), "Wrong-1");
  EXPECT_EQ(locked->trouble->code, TroubleCode::account_locked);
  const auto again = type(*locked, "Right-1", true);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, TroubleCode::account_locked);
  EXPECT_EQ(again.error().retry_at, end);
  EXPECT_EQ(systems_.texas.count("auth_begin"), 1);
  clock_.set(end);
  EXPECT_TRUE(type(*locked, "Right-1"));
}

TEST_F(LockoutGuard, takes_a_try_without_an_answer_for_a_used_one) {
  systems_.texas.next_begin(refusal(TroubleCode::credential_refused, 2));
  systems_.texas.next_begin(refusal(TroubleCode::source_timeout));
  const auto wrong = type(start(), "Wrong-1");
  const auto silent = type(*wrong, "Right-1");
  EXPECT_EQ(type(*silent, "Right-1").error().code, TroubleCode::challenge_lockout_risk);
  EXPECT_EQ(systems_.texas.count("auth_begin"), 2);
}

TEST_F(LockoutGuard, takes_a_try_with_a_broken_answer_for_a_used_one) {
  systems_.texas.next_begin(refusal(TroubleCode::credential_refused, 2));
  systems_.texas.next_begin(refusal(TroubleCode::source_changed));
  const auto wrong = type(start(), "Wrong-1");
  const auto broken = type(*wrong, "Wrong-2");
  EXPECT_EQ(type(*broken, "Wrong-2").error().code, TroubleCode::challenge_lockout_risk);
}

TEST_F(LockoutGuard, books_a_refusal_that_comes_after_the_attempt_was_cancelled) {
  const AttemptView view = start();
  systems_.texas.next_begin([&]() -> ScriptedAdapter::Step {
    EXPECT_TRUE(cancel_link_attempt(desk(), caller(), view.id));
    return refusal(TroubleCode::credential_refused, 1);
  });
  EXPECT_EQ(type(view, "Wrong-1")->state, "cancelled");
  EXPECT_EQ(type(start(), "Wrong-1").error().code, TroubleCode::credential_already_refused);
  EXPECT_EQ(type(start(), "Wrong-2").error().code, TroubleCode::challenge_lockout_risk);
}

TEST_F(LockoutGuard, does_not_let_two_tries_at_once_use_the_last_but_one) {
  systems_.texas.next_begin(refusal(TroubleCode::credential_refused, 2));
  ASSERT_TRUE(type(start(), "Wrong-1"));
  const AttemptView here = start(), there = start();
  std::optional<Trouble> second;
  systems_.texas.next_begin([&]() -> ScriptedAdapter::Step {
    second = type(there, "Wrong-3").error();
    return refusal(TroubleCode::credential_refused, 1);
  });
  ASSERT_TRUE(type(here, "Wrong-2"));
  ASSERT_TRUE(second);
  EXPECT_EQ(second->code, TroubleCode::challenge_lockout_risk);
}

TEST_F(LockoutGuard, gives_a_try_back_that_the_state_did_not_look_at) {
  systems_.texas.next_begin(refusal(TroubleCode::credential_refused, 2));
  systems_.texas.next_begin(refusal(TroubleCode::source_rate_limited));
  systems_.texas.next_begin(refusal(TroubleCode::source_maintenance));
  systems_.texas.next_begin([] { return asks_code(); });
  AttemptView view = *type(start(), "Wrong-1");
  view = *type(view, "Right-1");
  view = *type(view, "Right-1");
  const auto asked = type(view, "Right-1");
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->challenge->spec.kind, "otp");
}

TEST_F(LockoutGuard, asks_for_a_clear_word_before_the_last_code_and_counts_its_failure) {
  systems_.texas.next_begin([] { return asks_code(3); });
  systems_.texas.next_continue(refusal(TroubleCode::challenge_wrong_answer, 1));
  systems_.texas.next_continue(refusal(TroubleCode::challenge_expired));
  const auto asked = type(start(), "Right-1");
  const auto wrong = answer(*asked, {{"code", "000000"}});
  EXPECT_EQ(answer(*wrong, {{"code", "000001"}}).error().code, TroubleCode::challenge_lockout_risk);
  EXPECT_EQ(systems_.texas.count("auth_continue"), 1);
  AttemptView view = *answer(*wrong, {{"code", "000001"}}, true);
  EXPECT_EQ(view.challenge->spec.kind, "credentials");
  for (int i = 0; i < 3; ++i) {
    systems_.texas.next_begin(refusal(TroubleCode::credential_refused));
    view = *type(view, "Wrong-" + std::to_string(i));
  }
  // The failed code was one of the five, so one is left after three more.
  EXPECT_EQ(type(view, "Wrong-9").error().code, TroubleCode::challenge_lockout_risk);
}

class NumberGuard : public LockoutGuard {
 protected:
  NumberGuard() {
    systems_.ask_for("oh-csenet", {{"case_number", "digits", false, 20, {}}, {"pin", "digits", true, 8, {}}});
  }
  Result<AttemptView> try_number(const std::string& number, const std::string& pin) {
    return answer(start("session_only", {}, "oh-csenet"), {{"case_number", number}, {"pin", pin}});
  }
};

TEST_F(NumberGuard, counts_a_number_once_however_it_is_written) {
  systems_.ohio.next_begin(refusal(TroubleCode::credential_refused, 1));
  ASSERT_TRUE(try_number("7001234567", "11112222"));
  for (const char* spelling : {" 7001234567", "7001234567 ", "07001234567", "0007001234567"}) {
    EXPECT_EQ(try_number(spelling, "11112222").error().code, TroubleCode::credential_already_refused);
    EXPECT_EQ(try_number(spelling, "33334444").error().code, TroubleCode::challenge_lockout_risk);
  }
  EXPECT_EQ(systems_.ohio.count("auth_begin"), 1);
}

TEST_F(NumberGuard, tells_numbers_and_pins_with_other_digits_apart) {
  systems_.ohio.next_begin(refusal(TroubleCode::credential_refused, 2));
  systems_.ohio.next_begin(refusal(TroubleCode::credential_refused, 1));
  systems_.ohio.next_begin(refusal(TroubleCode::credential_refused, 2));
  EXPECT_TRUE(try_number("7001234567", "01112222"));
  EXPECT_TRUE(try_number("7001234567", "1112222"));
  EXPECT_TRUE(try_number("70012345670", "01112222"));
  EXPECT_EQ(systems_.ohio.count("auth_begin"), 3);
}

TEST_F(LockoutGuard, begins_anew_after_a_complete_sign_in) {
  systems_.texas.next_begin(refusal(TroubleCode::credential_refused, 1));
  systems_.texas.next_begin([] { return signed_in("person-1"); });
  systems_.texas.next_begin(refusal(TroubleCode::credential_refused));
  ASSERT_TRUE(type(*type(start(), "Wrong-1"), "Right-1", true));
  EXPECT_TRUE(type(start(), "Wrong-2"));
  EXPECT_EQ(systems_.texas.count("auth_begin"), 3);
}

}  // namespace
}  // namespace casebridge::desk::testing
