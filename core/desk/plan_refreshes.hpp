// PlanRefreshes: gives each active link that has none the job which reads it again and again.
#pragma once

#include "core/desk/desk.hpp"

namespace casebridge::desk {

// How many were given one. A chore of every gateway: the job table keeps one for each link.
Result<int> plan_refreshes(const Desk& desk);

}  // namespace casebridge::desk
