// Appointing operators: for whoever has the machine, beside the gateway. No route leads here.
#pragma once

#include <string>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/ports/audit_trail.hpp"
#include "core/ports/store.hpp"

namespace casebridge::desk {

// By the confirmed address one signs in with. The account keeps its factors; its sessions end. Once more for
// an operator who has been away too long. not_found; invalid_field when the account has no second factor, or
// has or begins a link to a state.
Result<void> appoint_operator(ports::Store&, const ports::AuditTrail&, const Clock&,
                              const std::string& email);
// Makes a parent's account of it again. not_found when it is no operator's.
Result<void> dismiss_operator(ports::Store&, const ports::AuditTrail&, const Clock&,
                              const std::string& email);

}  // namespace casebridge::desk
