// The lock-out rule: never the last try without a word, never the same refused fields, locks that end.
#include "core/federation/lockout_rule.hpp"

#include <gtest/gtest.h>

namespace casebridge::federation {
namespace {

using ports::GuardState;
using ports::Lockout;
using std::chrono::seconds;

const Instant start = *parse_instant("2026-03-16T14:00:00Z");
const Lockout five{5, seconds{0}, seconds{900}};
const Lockout windowed{3, seconds{600}, seconds{300}};
const Lockout none{};

TroubleCode verdict(const GuardState& state, const Lockout& rule, Instant now, TryFacts facts = {}) {
  const Result<void> made = may_try(state, rule, now, facts);
  return made ? TroubleCode::not_found : made.error().code;
}
constexpr TroubleCode allowed = TroubleCode::not_found;

GuardState refused_times(int times, const Lockout& rule, Instant now) {
  GuardState state;
  for (int i = 0; i < times; ++i) {
    state = after_reserving(state, rule, now);
    state = after_refusal(state, rule, std::nullopt, now);
  }
  return state;
}

TEST(LockoutRule, AsksBeforeTheLastTryAndOnlyThen) {
  EXPECT_EQ(verdict({}, five, start), allowed);
  EXPECT_EQ(verdict(refused_times(3, five, start), five, start), allowed);
  const GuardState risky = refused_times(4, five, start);
  EXPECT_EQ(verdict(risky, five, start), TroubleCode::challenge_lockout_risk);
  EXPECT_EQ(may_try(risky, five, start, {}).error().attempts_left, 1);
  EXPECT_EQ(verdict(risky, five, start, {.confirmed = true}), allowed);
}

TEST(LockoutRule, BelievesTheStateMoreThanItself) {
  GuardState state = after_reserving({}, five, start);
  state = after_refusal(state, five, 1, start);
  EXPECT_EQ(tries_left(state, five, start), 1);
  EXPECT_EQ(verdict(state, five, start), TroubleCode::challenge_lockout_risk);
  state = after_refusal(state, none, 4, start);
  EXPECT_EQ(tries_left(state, none, start), 4);
}

TEST(LockoutRule, AReservedTryIsGoneForEverybody) {
  GuardState state;
  state.attempts_left = 2;
  const GuardState reserved = after_reserving(state, five, start);
  EXPECT_EQ(verdict(reserved, five, start), TroubleCode::challenge_lockout_risk);
  EXPECT_EQ(tries_left(after_giving_back(reserved), five, start), 2);
  EXPECT_EQ(tries_left(after_giving_back(after_reserving({}, five, start)), five, start), 5);
}

TEST(LockoutRule, NeverSendsTheSameRefusedFieldsAgain) {
  EXPECT_EQ(verdict({}, five, start, {.refused_before = true}), TroubleCode::credential_already_refused);
  EXPECT_EQ(verdict({}, none, start, {.confirmed = true, .refused_before = true}),
            TroubleCode::credential_already_refused);
}

TEST(LockoutRule, LocksAtTheEndOfTheBudgetAndOpensAfterTheLock) {
  const GuardState locked = refused_times(5, five, start);
  EXPECT_EQ(locked.locked_until, start + seconds{900});
  EXPECT_EQ(verdict(locked, five, start + seconds{899}, {.confirmed = true}), TroubleCode::account_locked);
  EXPECT_EQ(may_try(locked, five, start, {}).error().retry_at, start + seconds{900});
  EXPECT_EQ(verdict(locked, five, start + seconds{900}), allowed);
  EXPECT_EQ(tries_left(locked, five, start + seconds{900}), 5);
  EXPECT_EQ(after_reserving(locked, five, start + seconds{900}).refused, 1);
}

TEST(LockoutRule, TakesTheEndOfALockFromTheStateWhenItTells) {
  const Instant until = start + seconds{77};
  EXPECT_EQ(after_lock({}, five, until, start).locked_until, until);
  EXPECT_EQ(after_lock({}, five, std::nullopt, start).locked_until, start + seconds{900});
}

TEST(LockoutRule, ALockWithoutAnEndKeepsAsking) {
  const GuardState locked = after_lock({}, none, std::nullopt, start);
  EXPECT_EQ(verdict(locked, none, start + seconds{1000000}), TroubleCode::challenge_lockout_risk);
}

TEST(LockoutRule, ForgetsWhatFellOutOfTheWindow) {
  const GuardState two = refused_times(2, windowed, start);
  EXPECT_EQ(verdict(two, windowed, start + seconds{599}), TroubleCode::challenge_lockout_risk);
  EXPECT_EQ(verdict(two, windowed, start + seconds{600}), allowed);
  EXPECT_EQ(after_reserving(two, windowed, start + seconds{600}).refused, 1);
  EXPECT_EQ(verdict(refused_times(4, five, start), five, start + seconds{1000000}),
            TroubleCode::challenge_lockout_risk);
}

TEST(LockoutRule, SuccessSetsEverythingBack) {
  const GuardState state = after_success();
  EXPECT_EQ(tries_left(state, five, start), 5);
  EXPECT_EQ(verdict(state, five, start), allowed);
}

TEST(LockoutRule, SystemsThatNeverLockAreNeverARisk) {
  EXPECT_EQ(tries_left(refused_times(50, none, start), none, start), std::nullopt);
  EXPECT_EQ(verdict(refused_times(50, none, start), none, start), allowed);
}

}  // namespace
}  // namespace casebridge::federation
