// RefreshLink: one turn of the job that reads a link again while nobody is there. Never types a password.
#pragma once

#include <chrono>

#include "core/desk/desk.hpp"
#include "core/desk/jobs.hpp"

namespace casebridge::desk {

// The first turn of a new job only looks when the link was read last, somewhere within this time.
inline constexpr std::chrono::seconds refresh_look_first{15 * 60};
// Between nothing and `most`, always the same for a link: a state's links do not come all at once.
std::chrono::seconds refresh_spread(const LinkId& link, std::chrono::seconds most);

// Uses a live session, or a stored credential of a kind without a password where no second step was ever
// asked. Else the link is marked needs_user, once, and no state is asked. Nothing is asked in a planned
// maintenance either. The job is over when the link is gone.
Result<JobEnd> refresh_link(const Desk& desk, const ports::Job& job);

}  // namespace casebridge::desk
