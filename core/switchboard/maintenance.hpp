// The weekly times in which a system is down by plan, on the wall of its own time zone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/instant.hpp"

namespace casebridge::switchboard {

struct MaintenanceWindow {
  unsigned weekday = 0;  // 0 is Sunday
  int from_minute = 0;
  int to_minute = 0;  // of the same day
};

struct MaintenancePlan {
  std::string time_zone = "UTC";
  std::vector<MaintenanceWindow> windows{};

  // When the window in which `now` lies ends; nullopt outside of windows and for an unknown zone.
  std::optional<Instant> end_of_window(Instant now) const;
};

}  // namespace casebridge::switchboard
