// SafetyStop: one action of a parent who is in danger: out with everybody else, nothing known, nothing
// shared.
#pragma once

#include <optional>

#include "core/base/result.hpp"
#include "core/desk/desk.hpp"
#include "core/identity/alerts.hpp"
#include "core/model/caller.hpp"

namespace casebridge::desk {

struct SafetyStopView {
  std::optional<Instant> stopped_at{};  // empty: nothing is stopped
  int sessions_ended = 0;               // by the action just now
  int devices_forgotten = 0;
};

Result<SafetyStopView> read_safety_stop(const Desk&, const model::Caller&);
// Ends all other sessions, forgets every known device, and locks sharing until it is lifted: no export is
// made, and no mail is written about letters of states. What the parent reads goes on: refreshes tell nobody
// else anything, and a letter that a state has sent cannot be called back. No mail tells of the stop. To stop
// once more ends what began since.
Result<SafetyStopView> begin_safety_stop(const Desk&, const model::Caller&);
// not_found when nothing is stopped. The owner is told by mail.
Result<void> lift_safety_stop(const Desk&, const identity::Alerts&, const model::Caller&);
// sharing_stopped while the stop stands; for whatever leaves the account.
Result<void> check_sharing(ports::Transaction&, const AccountId&);

}  // namespace casebridge::desk
