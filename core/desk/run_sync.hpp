// RunSync: the job that reads one link's cases from its state and merges them into what is stored.
#pragma once

#include "core/base/result.hpp"
#include "core/desk/desk.hpp"
#include "core/desk/jobs.hpp"

namespace casebridge::desk {

// Never signs in. Troubles are the gateway's own only (storage, vault); what a state did is written into the
// sync.
Result<JobEnd> run_sync(const Desk&, const ports::Job&);

}  // namespace casebridge::desk
