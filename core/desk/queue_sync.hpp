// QueueSync: makes a sync and its job, or finds the one that is open. One at a time for each link.
#pragma once

#include "core/desk/desk.hpp"

namespace casebridge::desk {

struct QueuedSync {
  ports::Sync sync;
  bool joined = false;         // it was open already
  std::optional<JobId> job{};  // of a new one
};
// `run_at`: when the job is due; later than now while a sign-in that must come first is under way.
Result<QueuedSync> queue_sync(ports::Transaction& tx, const ports::Link& link, const std::string& trigger,
                              Instant now, Instant run_at);

}  // namespace casebridge::desk
