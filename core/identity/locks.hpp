// Locks: what wrong tries have brought about for an account, as an operator may see and end it.
#pragma once

#include <optional>

#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/identity/operator_policy.hpp"
#include "core/identity/throttle.hpp"
#include "core/ports/store.hpp"

namespace casebridge::identity {

struct AccountLock {
  std::optional<Instant> password_until{};  // until then no password is tried
  std::optional<Instant> factor_until{};    // nor a code of an app or a recovery code
  int failures = 0;                         // wrong passwords in a row, however long ago
  bool needs_new_password = false;          // there were too many of them: nothing else helps
};

// As it is for strangers; a browser that the account knows has counts of its own.
Result<AccountLock> lock_of(ports::Transaction& tx, const Throttle& throttle, const ThrottleRules& rules,
                            const ports::Account& account, Instant now, const OperatorPolicy& policy);
// For everybody. Passwords that were wrong in a row stay counted: that is for the owner to make good.
Result<void> end_locks(ports::Transaction& tx, const Throttle& throttle, const ThrottleRules& rules,
                       const ports::Account& account, Instant now);

}  // namespace casebridge::identity
