// The one lock-out rule, for every system: how many tries are left at a state, and when a parent must confirm
// that the last one be used. Pure; a try is reserved before it is sent, so two at once cannot share one.
#pragma once

#include "core/base/result.hpp"
#include "core/ports/store_links.hpp"
#include "core/ports/systems.hpp"

namespace casebridge::federation {

struct TryFacts {
  bool confirmed = false;       // the parent said: use the last attempt
  bool refused_before = false;  // the state refused these very fields already
};

// Tries that are left: what the state last reported, else its limit less the refused tries of its window.
// nullopt: the system never locks, as far as we know. A lock that has ended gives the whole budget back.
std::optional<int> tries_left(const ports::GuardState&, const ports::Lockout&, Instant now);

// account_locked (retry_at), credential_already_refused, or challenge_lockout_risk (attempts_left).
Result<void> may_try(const ports::GuardState&, const ports::Lockout&, Instant now, const TryFacts&);

// Books a try as used before it is sent.
ports::GuardState after_reserving(ports::GuardState, const ports::Lockout&, Instant now);
// The reserved try did not count: it never reached the state, or the state said nothing against it.
ports::GuardState after_giving_back(ports::GuardState);
// The state refused the reserved try. What it reports replaces our own count; at none left it has locked.
ports::GuardState after_refusal(ports::GuardState, const ports::Lockout&, std::optional<int> reported_left,
                                Instant now);
// The state says it has locked. Without an end the system's own lock time is taken.
ports::GuardState after_lock(ports::GuardState, const ports::Lockout&, std::optional<Instant> until,
                             Instant now);
// A sign-in that is complete sets the state's counter back.
ports::GuardState after_success();

}  // namespace casebridge::federation
