// The sync row is the single flight: while it is open, nobody makes another.
#include "core/desk/queue_sync.hpp"

#include "core/desk/jobs.hpp"

namespace casebridge::desk {

Result<QueuedSync> queue_sync(ports::Transaction& tx, const ports::Link& link, const std::string& trigger,
                              Instant now, Instant run_at) {
  CASEBRIDGE_TRY(auto open, tx.syncs().find_open(link.id));
  if (open) return QueuedSync{std::move(*open), true};
  ports::Sync sync{SyncId::make(now), link.id, link.account, "queued", trigger, {}, {}, 0, 0, 0, now, {}};
  CASEBRIDGE_CHECK(tx.syncs().insert(sync));
  const ports::Job job{JobId::make(now), std::string(job_sync), sync.id.text(), {}, run_at, 0};
  CASEBRIDGE_TRY([[maybe_unused]] const bool made, tx.jobs().enqueue(job));
  CASEBRIDGE_CHECK(tx.raise_account_version(link.account));
  return QueuedSync{std::move(sync), false, job.id};
}

}  // namespace casebridge::desk
