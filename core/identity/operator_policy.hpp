// OperatorPolicy: what holds for operators instead of what holds for parents. Stricter in everything.
#pragma once

#include <chrono>

#include "core/base/instant.hpp"
#include "core/identity/throttle.hpp"
#include "core/ports/store_accounts.hpp"

namespace casebridge::identity {

// The numbers are those that agencies ask of whoever may come near tax information (IRS Publication 1075).
struct OperatorPolicy {
  int tries_max = 3;
  std::chrono::seconds window = std::chrono::minutes{120};
  std::chrono::seconds lock = std::chrono::minutes{15};  // the first; later ones last twice as long
  std::chrono::seconds idle = std::chrono::minutes{15};
  std::chrono::seconds step_up_age = std::chrono::minutes{5};
  std::chrono::seconds inactive_after = std::chrono::hours{24 * 120};
};

// A rule that counts wrong tries, as it is for this account.
ThrottleRule rule_for(const ports::Account& account, const ThrottleRule& rule, const OperatorPolicy& policy);
// An operator who did not sign in for so long does not any more, until appointed again.
bool is_inactive(const ports::Account& account, Instant now, const OperatorPolicy& policy);

}  // namespace casebridge::identity
