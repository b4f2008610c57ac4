// SyncLink: the parent presses refresh. Joins a sync that runs already; may sign in once with a vaulted
// credential.
#pragma once

#include "core/desk/desk.hpp"
#include "core/desk/sync_view.hpp"
#include "core/model/caller.hpp"

namespace casebridge::desk {

struct SyncLink {
  LinkId link;
  std::string request_id{};
};
struct SyncStarted {
  SyncView sync;
  bool joined = false;  // it was running or queued already
};

// not_found; link_action_required. Without a live session and without a usable credential the sync ends
// needs_user at once. Blocks for one sign-in at most, and only when a sign-in is made.
Result<SyncStarted> sync_link(const Desk&, const model::Caller&, const SyncLink&);

}  // namespace casebridge::desk
