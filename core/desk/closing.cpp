// Only maintenance closes a state: a system that is silent without having said so is another matter.
#include "core/desk/closing.hpp"

#include <algorithm>

namespace casebridge::desk {

std::optional<StateClosing> closing_of(const ports::SystemInfo* system, const ports::JurisdictionInfo* state,
                                       const std::optional<Trouble>& trouble, Instant now) {
  if (!trouble || trouble->code != TroubleCode::source_maintenance) return std::nullopt;
  if (!trouble->retry_at || *trouble->retry_at <= now) return std::nullopt;
  if (system == nullptr || state == nullptr) return std::nullopt;
  return StateClosing{state->name, state->name_es.empty() ? state->name : state->name_es, system->time_zone,
                      *trouble->retry_at};
}

std::optional<StateClosing> closing_of(const ports::Systems& systems, const std::string& system_id,
                                       const std::optional<Trouble>& trouble, Instant now) {
  const ports::SystemInfo* system = systems.find(system_id);
  if (system == nullptr) return std::nullopt;
  const auto& all = systems.jurisdictions();
  const auto state =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == system->jurisdiction; });
  return closing_of(system, state == all.end() ? nullptr : &*state, trouble, now);
}

}  // namespace casebridge::desk
