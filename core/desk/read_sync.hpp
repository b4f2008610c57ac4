// ReadSync: how far a sync has come.
#pragma once

#include "core/desk/desk.hpp"
#include "core/desk/sync_view.hpp"
#include "core/model/caller.hpp"

namespace casebridge::desk {

// not_found for syncs of others as well.
Result<SyncView> read_sync(const Desk&, const model::Caller&, const SyncId&);

}  // namespace casebridge::desk
