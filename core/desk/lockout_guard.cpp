// Keeps the count that the lock-out rule judges. Everything here runs inside the caller's transaction.
#include "core/desk/lockout_guard.hpp"

#include <algorithm>

namespace casebridge::desk {
namespace {

// What still counts of what was stored: nothing once the lock or the window is over.
ports::GuardState current_of(ports::GuardState state, const ports::Lockout& rule, Instant now) {
  const bool lock_over = state.locked_until && *state.locked_until <= now;
  const bool window_over = rule.window.count() > 0 && state.window_start + rule.window <= now;
  if (lock_over || (window_over && !state.locked_until)) return {};
  return state;
}

// What is left of the budget: what the state last said, else its limit less what it refused; nullopt: no limit.
std::optional<int> left_of(const ports::GuardState& state, const ports::Lockout& rule) {
  if (state.attempts_left) return state.attempts_left;
  if (rule.limit == 0) return std::nullopt;
  return rule.limit - state.refused;
}

Result<void> judge(const ports::GuardState& state, const ports::Lockout& rule, bool confirmed) {
  if (state.locked_until) {
    Trouble locked = trouble(TroubleCode::account_locked);
    locked.retry_at = state.locked_until;
    locked.remedy_action = "wait_or_reset";
    return locked;
  }
  const std::optional<int> left = left_of(state, rule);
  if (!left || *left > 1 || confirmed) return {};
  Trouble risk = trouble(TroubleCode::challenge_lockout_risk);
  risk.attempts_left = std::max(*left, 1);
  risk.remedy_action = "confirm_last_attempt";
  return risk;
}

void use_one(ports::GuardState& state, Instant now) {
  if (state.refused == 0) state.window_start = now;
  state.refused += 1;
  if (state.attempts_left) state.attempts_left = std::max(*state.attempts_left - 1, 0);
}

Result<ports::GuardState> read_current(const Desk& desk, ports::Transaction& tx, const Try& one) {
  CASEBRIDGE_TRY(ports::GuardState state, tx.guard().read(one.system->id, one.identity_digest));
  return current_of(std::move(state), one.system->lockout, desk.clock.now());
}

Result<void> write(ports::Transaction& tx, const Try& one, const ports::GuardState& state) {
  return tx.guard().write(one.system->id, one.identity_digest, state);
}

// Names and values with their lengths, so that no two forms look alike.
std::string joined(const model::SecretFields& fields, const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    const auto found = fields.find(name);
    if (found == fields.end()) continue;
    const std::string_view value = found->second.reveal();
    text.append(name).append(":").append(std::to_string(value.size())).append(":").append(value);
  }
  return text;
}

// Who signs in is what the form does not keep secret; a form without such a field is counted by its first one.
std::vector<std::string> identity_fields(const std::vector<model::FieldSpec>& form) {
  std::vector<std::string> names;
  for (const model::FieldSpec& field : form) {
    if (!field.secret) names.push_back(field.name);
  }
  if (names.empty() && !form.empty()) names.push_back(form.front().name);
  return names;
}

std::string digest(const Desk& desk, std::string_view purpose, const std::string& system, std::string typed) {
  typed.insert(0, system + '\n');
  std::string made = desk.vault.fingerprint(purpose, typed);
  wipe(typed);
  return made;
}

}  // namespace

Try try_of(const Desk& desk, const ports::SystemInfo& system, const model::AuthBegin& begin) {
  std::vector<std::string> all;
  for (const auto& [name, value] : begin.fields) all.push_back(name);
  return {&system, digest(desk, "lockout-identity", system.id, joined(begin.fields, identity_fields(system.form.fields))),
          digest(desk, "refused-credential", system.id, joined(begin.fields, all))};
}

Result<void> reserve_try(const Desk& desk, ports::Transaction& tx, const Try& one, bool confirmed) {
  CASEBRIDGE_TRY(ports::GuardState state, read_current(desk, tx, one));
  if (!state.locked_until) {
    CASEBRIDGE_TRY(const bool refused, tx.guard().was_refused(one.system->id, one.credential_digest));
    if (refused) return trouble(TroubleCode::credential_already_refused);
  }
  CASEBRIDGE_CHECK(judge(state, one.system->lockout, confirmed));
  use_one(state, desk.clock.now());
  return write(tx, one, state);
}

Result<void> give_back_try(const Desk& desk, ports::Transaction& tx, const Try& one) {
  CASEBRIDGE_TRY(ports::GuardState state, read_current(desk, tx, one));
  state.refused = std::max(state.refused - 1, 0);
  if (state.attempts_left) state.attempts_left = *state.attempts_left + 1;
  return write(tx, one, state);
}

Result<void> book_refusal(const Desk& desk, ports::Transaction& tx, const Try& one, const Trouble& refusal) {
  CASEBRIDGE_TRY(ports::GuardState state, read_current(desk, tx, one));
  if (refusal.attempts_left) state.attempts_left = refusal.attempts_left;
  CASEBRIDGE_CHECK(write(tx, one, state));
  return tx.guard().remember_refused(one.system->id, one.credential_digest, desk.clock.now());
}

Result<void> book_failed_step(const Desk& desk, ports::Transaction& tx, const Try& one) {
  CASEBRIDGE_TRY(ports::GuardState state, read_current(desk, tx, one));
  use_one(state, desk.clock.now());
  return write(tx, one, state);
}

Result<void> book_lock(const Desk& desk, ports::Transaction& tx, const Try& one, const Trouble& lock) {
  ports::GuardState state;
  state.locked_until = lock.retry_at.value_or(desk.clock.now() + one.system->lockout.lock);
  return write(tx, one, state);
}

Result<void> book_success(const Desk&, ports::Transaction& tx, const Try& one) { return write(tx, one, {}); }

}  // namespace casebridge::desk
