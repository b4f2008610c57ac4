// The guess limit: how many refused sign-ins one account may cause at one system in a day, whoever's they
// are.
#pragma once

#include "core/desk/desk.hpp"

namespace casebridge::desk {

// The lock-out guard counts by the name that is typed, so that nobody is locked out at their state. Without
// this limit one account could go through the names of others, each with a few tries. It is counted in the
// database, so that several gateways share it. Both run inside the caller's transaction.

// Books a guess before it is sent, so that many at once cannot share one; rate_limited (retry_at) when the
// account has none left at this system.
Result<void> reserve_guess(const Desk& desk, ports::Transaction& tx, const AccountId& account,
                           const std::string& system);
// The state did not refuse it. Earlier refusals stay: one's own case must not pay for guessing at others.
Result<void> give_back_guess(const Desk& desk, ports::Transaction& tx, const AccountId& account,
                             const std::string& system);

}  // namespace casebridge::desk
