// ReadStatus: how well each system works at the moment. Public; holds nothing about anybody.
#pragma once

#include <vector>

#include "core/desk/closing.hpp"
#include "core/desk/desk.hpp"

namespace casebridge::desk {

struct SystemStatus {
  ports::SystemHealth health;
  std::string jurisdiction;
  std::string display_name;
  std::string time_zone;
  std::vector<ports::MaintenanceWindow> maintenance;
  std::optional<StateClosing> closing;
  std::string refresh;  // normal, delayed (half open or failing), stopped (refused, resting, open)
};

std::vector<SystemStatus> read_status(const Desk&);

}  // namespace casebridge::desk
