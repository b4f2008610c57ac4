// The weekly times in which a system is down by plan, on the wall of its own time zone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.hpp"
#include "core/ports/systems.hpp"

namespace casebridge::switchboard {

struct MaintenancePlan {
  std::string time_zone = "UTC";
  std::vector<ports::MaintenanceWindow> windows{};

  // When the window in which `now` lies ends; nullopt outside of windows and for an unknown zone.
  std::optional<Instant> end_of_window(Instant now) const;
};

}  // namespace casebridge::switchboard
