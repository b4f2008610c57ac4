// StateClosing: that a state's system is down for maintenance, and until when by the state's own clocks.
#pragma once

#include <optional>
#include <string>

#include "core/base/instant.hpp"
#include "core/base/trouble.hpp"
#include "core/ports/systems.hpp"

namespace casebridge::desk {

struct StateClosing {
  std::string state, state_es;  // Texas
  std::string time_zone;        // IANA
  Instant until{};
};

// nullopt for any other trouble, where nobody knows the end, when the end has come, and for a system that is
// not configured any more.
std::optional<StateClosing> closing_of(const ports::SystemInfo* system, const ports::JurisdictionInfo* state,
                                       const std::optional<Trouble>& trouble, Instant now);
std::optional<StateClosing> closing_of(const ports::Systems& systems, const std::string& system_id,
                                       const std::optional<Trouble>& trouble, Instant now);

}  // namespace casebridge::desk
