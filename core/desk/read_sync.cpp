// Reads one sync of the caller.
#include "core/desk/read_sync.hpp"

#include <algorithm>

#include "core/desk/sync_codec.hpp"

namespace casebridge::desk {
namespace {

// When the state said that everything which failed may be asked for again.
Result<std::optional<Instant>> retry_at(ports::Transaction& tx, const ports::Sync& sync) {
  CASEBRIDGE_TRY(const auto states, tx.snapshots().states(sync.account));
  std::optional<Instant> latest;
  for (const ports::DatasetState& state : states) {
    if (state.link == sync.link && state.retry_at) latest = std::max(latest, state.retry_at);
  }
  return latest;
}

}  // namespace

Result<SyncView> read_sync(const Desk& desk, const model::Caller& caller, const SyncId& id) {
  std::optional<SyncView> view;
  const Result<void> read = desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const auto sync, tx.syncs().find(caller.account, id));
    if (!sync) return trouble(TroubleCode::not_found, "sync");
    view = view_of(*sync);
    if (sync->finished_at && view->trouble && view->trouble->row().retryable) {
      CASEBRIDGE_TRY(view->trouble->retry_at, retry_at(tx, *sync));
    }
    return {};
  });
  if (!read) return read.error();
  return std::move(*view);
}

}  // namespace casebridge::desk
