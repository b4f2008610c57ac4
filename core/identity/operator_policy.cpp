// Roles as numbers.
#include "core/identity/operator_policy.hpp"

#include <algorithm>

namespace casebridge::identity {

ThrottleRule rule_for(const ports::Account& account, const ThrottleRule& rule, const OperatorPolicy& policy) {
  ThrottleRule made = rule;
  if (!account.is_operator()) return made;
  made.tries_max = std::min(rule.tries_max, policy.tries_max);
  made.window = std::max(rule.window, policy.window);
  made.first_lock = std::max(rule.first_lock, policy.lock);
  made.later_lock = std::max(rule.later_lock, 2 * policy.lock);
  return made;
}

bool is_inactive(const ports::Account& account, Instant now, const OperatorPolicy& policy) {
  if (!account.is_operator()) return false;
  const Instant last = std::max(account.role_since, account.signed_in_at.value_or(account.role_since));
  return now >= last + policy.inactive_after;
}

}  // namespace casebridge::identity
