// Turns the counters of the systems into the three words people understand.
#include "core/desk/read_status.hpp"

namespace casebridge::desk {
namespace {

// The newest thing an operation did was to fail on the state's side.
bool failing(const ports::OperationHealth& operation) {
  if (!operation.last_failure) return false;
  return !operation.last_success || *operation.last_failure > *operation.last_success;
}

std::string refresh_of(const ports::SystemHealth& health, Instant now) {
  if (health.state != "ready" || health.breaker == ports::Breaker::open) return "stopped";
  if (health.maintenance_until && *health.maintenance_until > now) return "stopped";
  if (health.breaker == ports::Breaker::half_open) return "delayed";
  for (const ports::OperationHealth& operation : health.operations) {
    if (failing(operation)) return "delayed";
  }
  return "normal";
}

}  // namespace

std::vector<SystemStatus> read_status(const Desk& desk) {
  const Instant now = desk.clock.now();
  std::vector<SystemStatus> all;
  for (ports::SystemHealth& health : desk.systems.health()) {
    // A planned closing is known before the first call finds it.
    if (!health.maintenance_until)
      health.maintenance_until = desk.systems.maintenance_end(health.system, now);
    SystemStatus status;
    status.refresh = refresh_of(health, now);
    if (const ports::SystemInfo* info = desk.systems.find(health.system)) {
      status.jurisdiction = info->jurisdiction;
      status.display_name = info->display_name;
      status.time_zone = info->time_zone;
      status.maintenance = info->maintenance;
    }
    Trouble closed = trouble(TroubleCode::source_maintenance);
    closed.retry_at = health.maintenance_until;
    status.closing = closing_of(desk.systems, health.system, closed, now);
    status.health = std::move(health);
    all.push_back(std::move(status));
  }
  return all;
}

}  // namespace casebridge::desk
