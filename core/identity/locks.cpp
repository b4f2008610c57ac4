// Reads and forgives the counts by which flows lock.
#include "core/identity/locks.hpp"

#include "core/ports/store_safety.hpp"

namespace casebridge::identity {
namespace {

// Until when a rule lets nobody try; nothing while it does.
Result<std::optional<Instant>> shut_until(ports::Transaction& tx, const Throttle& throttle,
                                          const ThrottleRule& rule, const std::string& subject, Instant now) {
  CASEBRIDGE_TRY(const ports::ThrottleState state, throttle.look(tx.throttles(), rule, subject));
  if (state.locked_until && now < *state.locked_until) return state.locked_until;
  const Instant end = state.window_start + rule.window;
  const bool used_up = !state.locked_until && state.count >= rule.tries_max && now < end;
  return used_up ? std::optional(end) : std::nullopt;
}

}  // namespace

Result<AccountLock> lock_of(ports::Transaction& tx, const Throttle& throttle, const ThrottleRules& rules,
                            const ports::Account& account, Instant now, const OperatorPolicy& policy) {
  const std::string subject = account.id.text();
  AccountLock lock;
  CASEBRIDGE_TRY(lock.password_until,
                 shut_until(tx, throttle, rule_for(account, rules.account, policy), subject, now));
  for (const ThrottleRule& rule : {rules.app_codes, rules.recovery_codes}) {
    CASEBRIDGE_TRY(const auto until, shut_until(tx, throttle, rule_for(account, rule, policy), subject, now));
    if (until && (!lock.factor_until || *lock.factor_until < *until)) lock.factor_until = until;
  }
  CASEBRIDGE_TRY(const ports::ThrottleState failures, throttle.look(tx.throttles(), rules.failures, subject));
  lock.failures = static_cast<int>(failures.count);
  lock.needs_new_password = failures.locked_until && now < *failures.locked_until;
  return lock;
}

Result<void> end_locks(ports::Transaction& tx, const Throttle& throttle, const ThrottleRules& rules,
                       const ports::Account& account, Instant now) {
  for (const ThrottleRule& rule : {rules.account, rules.app_codes, rules.recovery_codes})
    CASEBRIDGE_CHECK(throttle.forgive(tx.throttles(), rule, account.id.text(), now));
  CASEBRIDGE_TRY(const auto devices, tx.devices().list(account.id));
  for (const ports::KnownDevice& device : devices) {
    const std::string& id = device.id.text();
    CASEBRIDGE_CHECK(throttle.forgive(tx.throttles(), rules.device, id, now));
    for (const ThrottleRule& rule : {rules.app_codes, rules.recovery_codes})
      CASEBRIDGE_CHECK(throttle.forgive(tx.throttles(), rule, "device\n" + id, now));
  }
  return {};
}

}  // namespace casebridge::identity
