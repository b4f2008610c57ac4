// Reads one sync of the caller.
#include "core/desk/read_sync.hpp"

#include "core/desk/sync_codec.hpp"

namespace casebridge::desk {

Result<SyncView> read_sync(const Desk& desk, const model::Caller& caller, const SyncId& id) {
  std::optional<SyncView> view;
  const Result<void> read = desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const auto sync, tx.syncs().find(caller.account, id));
    if (!sync) return trouble(TroubleCode::not_found, "sync");
    view = view_of(*sync);
    return {};
  });
  if (!read) return read.error();
  return std::move(*view);
}

}  // namespace casebridge::desk
