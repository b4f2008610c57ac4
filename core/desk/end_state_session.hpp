// EndStateSession: the job that ends a session at the state when nobody waits for it any more.
#pragma once

#include "core/base/result.hpp"
#include "core/desk/desk.hpp"
#include "core/desk/jobs.hpp"

namespace casebridge::desk {

// Tried a bounded number of times; afterwards the session runs out at the state by itself.
Result<JobEnd> end_state_session(const Desk&, const ports::Job&);

}  // namespace casebridge::desk
