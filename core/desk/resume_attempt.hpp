// ResumeAttempt: the job that asks a state again which had answered a sign-in with "not yet".
#pragma once

#include "core/base/result.hpp"
#include "core/desk/desk.hpp"
#include "core/desk/jobs.hpp"

namespace casebridge::desk {

Result<JobEnd> resume_attempt(const Desk&, const ports::Job&);

}  // namespace casebridge::desk
