// What an operator sees of the gateway: keys, adapters, links that do not work, the audit log. No person.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/desk/operating.hpp"

namespace casebridge::desk {

struct InspectedKeys {
  bool works = true;  // whoever holds them answered when somebody last looked
  std::vector<ports::StoredKey> keys;
  std::int64_t rows_seen = 0;  // by wrapping anew
  int columns_left = 0;
};
Result<InspectedKeys> inspect_keys(const Operating&, const OperatorCall&);

struct InspectedAdapter {
  ports::SystemHealth health;
  std::string adapter;
  std::string version;
};
Result<std::vector<InspectedAdapter>> inspect_adapters(const Operating&, const OperatorCall&);

// Oldest trouble first, 500 at most.
Result<std::vector<ports::TroubledLink>> inspect_links(const Operating&, const OperatorCall&);

struct InspectedAudit {
  std::int64_t entries = 0;
  std::optional<audit::CheckpointState> checkpoint{};  // nothing where none is written
};
Result<InspectedAudit> inspect_audit(const Operating&, const OperatorCall&);

}  // namespace casebridge::desk
