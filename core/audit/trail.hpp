// Trail: ports::AuditTrail. Personal values go under a key of their subject, so that they can be made
// unreadable.
#pragma once

#include <optional>
#include <string>

#include "core/audit/subject_keys.hpp"
#include "core/base/clock.hpp"
#include "core/ports/audit_trail.hpp"
#include "core/ports/store.hpp"
#include "core/ports/vault.hpp"

namespace casebridge::audit {

// Any thread. What it refers to outlives it.
class Trail final : public ports::AuditTrail {
 public:
  Trail(const ports::Vault& vault, const Clock& clock) : keys_(vault, clock), clock_(clock) {}
  Result<void> note(ports::Transaction& tx, const ports::AuditNote& note) const override;

 private:
  const SubjectKeys keys_;
  const Clock& clock_;
};

// JSON of the personal values of a record; empty when there are none, or when the key of its subject is gone.
Result<std::string> open_personal(const std::optional<SecretBytes>& key, const ports::AuditRecord& record);

}  // namespace casebridge::audit
