// What the audit log needs of a running gateway: records put into the chain, checkpoints signed and kept.
#pragma once

#include "core/gateway/parts.hpp"

namespace casebridge::gateway {

// After the foundations.
void make_audit(Parts&, const AuditSettings&, const Clock&);
// Before the scheduler starts. A clean end seals and signs once more.
void add_audit_chores(Parts&, const AuditSettings&, const Log&);

}  // namespace casebridge::gateway
