// Holds as their owner sees them: what waits for its time, and stopping it.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/desk/desk.hpp"
#include "core/identity/alerts.hpp"
#include "core/model/caller.hpp"
#include "core/ports/store_safety.hpp"

namespace casebridge::desk {

// Any thread. Those whose time is over are left out.
Result<std::vector<ports::Hold>> list_holds(const Desk&, const model::Caller&);
// Any session of the account may: to stop one changes nothing. not_found when none of the kind stands.
Result<void> stop_hold(const Desk&, const identity::Alerts&, const model::Caller&, const std::string& kind);

}  // namespace casebridge::desk
