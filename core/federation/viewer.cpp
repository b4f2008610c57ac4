// The level that holds for a case.
#include "core/federation/viewer.hpp"

#include <algorithm>

namespace casebridge::federation {

Viewer viewer_of(const model::Case& seen, model::SafetyLevel policy) {
  const bool told = seen.safety > model::SafetyLevel::none;
  const bool state_has_redacted = !told && policy <= model::SafetyLevel::redact_location;
  return {seen.viewer_role.value,
          state_has_redacted ? model::SafetyLevel::none : std::max(seen.safety, policy)};
}

}  // namespace casebridge::federation
