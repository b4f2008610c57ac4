// Counting refused tries the way the states do.
#include "core/federation/lockout_rule.hpp"

#include <algorithm>

namespace casebridge::federation {
namespace {

using ports::GuardState;
using ports::Lockout;

// A window of no length never ends: such a state counts until a sign-in succeeds or a lock ends.
bool window_over(const GuardState& state, const Lockout& rule, Instant now) {
  return rule.window.count() > 0 && state.window_start + rule.window <= now;
}

bool lock_over(const GuardState& state, Instant now) {
  return state.locked_until && *state.locked_until <= now;
}

}  // namespace

std::optional<int> tries_left(const GuardState& state, const Lockout& rule, Instant now) {
  const bool fresh = lock_over(state, now);
  if (state.attempts_left && !fresh) return state.attempts_left;
  if (rule.limit == 0) return std::nullopt;
  return rule.limit - (fresh || window_over(state, rule, now) ? 0 : state.refused);
}

Result<void> may_try(const GuardState& state, const Lockout& rule, Instant now, const TryFacts& facts) {
  if (state.locked_until && now < *state.locked_until) {
    Trouble locked = trouble(TroubleCode::account_locked);
    locked.retry_at = state.locked_until;
    locked.remedy_action = "wait_or_reset";
    return locked;
  }
  if (facts.refused_before) {
    Trouble known = trouble(TroubleCode::credential_already_refused);
    known.attempts_left = tries_left(state, rule, now);
    return known;
  }
  const std::optional<int> left = tries_left(state, rule, now);
  if (!left || *left > 1 || facts.confirmed) return {};
  Trouble risk = trouble(TroubleCode::challenge_lockout_risk);
  risk.attempts_left = std::max(*left, 1);  // the parent is asked about the one that would be used
  risk.remedy_action = "confirm_last_attempt";
  return risk;
}

GuardState after_reserving(GuardState state, const Lockout& rule, Instant now) {
  if (lock_over(state, now)) state = GuardState{};
  if (state.refused == 0 || window_over(state, rule, now)) {
    state.refused = 0;
    state.window_start = now;
  }
  ++state.refused;
  if (state.attempts_left) state.attempts_left = std::max(*state.attempts_left - 1, 0);
  return state;
}

GuardState after_giving_back(GuardState state) {
  state.refused = std::max(state.refused - 1, 0);
  if (state.attempts_left) ++*state.attempts_left;
  return state;
}

GuardState after_refusal(GuardState state, const Lockout& rule, std::optional<int> reported_left,
                         Instant now) {
  if (reported_left) state.attempts_left = std::max(*reported_left, 0);
  const std::optional<int> left = tries_left(state, rule, now);
  return left && *left <= 0 ? after_lock(std::move(state), rule, std::nullopt, now) : state;
}

GuardState after_lock(GuardState state, const Lockout& rule, std::optional<Instant> until, Instant now) {
  state.attempts_left = 0;
  if (until)
    state.locked_until = until;
  else if (rule.lock.count() > 0)
    state.locked_until = now + rule.lock;
  return state;
}

GuardState after_success() { return {}; }

}  // namespace casebridge::federation
