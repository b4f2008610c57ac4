// Wall clock arithmetic for maintenance windows.
#include "core/switchboard/maintenance.hpp"

#include "core/model/time_zone.hpp"

namespace casebridge::switchboard {

std::optional<Instant> MaintenancePlan::end_of_window(Instant now) const {
  const auto zone = model::find_time_zone(time_zone);
  if (zone == nullptr) return std::nullopt;
  const auto wall = now + zone->offset_at(now);
  const auto day = std::chrono::floor<std::chrono::days>(wall);
  const unsigned weekday = std::chrono::weekday{day}.c_encoding();
  const auto minute = std::chrono::floor<std::chrono::minutes>(wall - day).count();
  for (const ports::MaintenanceWindow& window : windows) {
    if (window.weekday != weekday || minute < window.from_minute || minute >= window.to_minute) continue;
    const auto wall_end = day + std::chrono::minutes{window.to_minute};
    // The clocks may change inside the window, as on the Sundays in March and November.
    const Instant guess = wall_end - zone->offset_at(now);
    return wall_end - zone->offset_at(guess);
  }
  return std::nullopt;
}

}  // namespace casebridge::switchboard
