// Finds out what a refresh can use, queues it, and signs in for it where that is allowed.
#include "core/desk/sync_link.hpp"

#include "core/desk/begin_sync.hpp"
#include "core/desk/link_row.hpp"
#include "core/desk/sync_codec.hpp"

namespace casebridge::desk {
namespace {

Result<BegunSync> begin(const Desk& desk, ports::Transaction& tx, const AccountId& account,
                        const LinkId& id) {
  CASEBRIDGE_TRY(const auto link, tx.links().find(account, id));
  if (!link || is_gone(*link)) return trouble(TroubleCode::not_found, "link");
  if (link->state == "action_required") return action_required(*link);
  CASEBRIDGE_TRY(const bool by_itself, may_sign_in_again(tx, *link));
  return begin_sync(desk, tx, *link, "user", by_itself);
}

}  // namespace

Result<SyncStarted> sync_link(const Desk& desk, const model::Caller& caller, const SyncLink& asked) {
  std::optional<BegunSync> begun;
  const Result<void> written = desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(begun, begin(desk, tx, caller.account, asked.link));
    return {};
  });
  if (!written) return written.error();
  ports::Sync sync = begun->queued.sync;
  if (begun->sign_in) {
    CASEBRIDGE_TRY(sync,
                   sign_in_again(desk, *begun->sign_in, begun->queued, asked.request_id, caller.locale));
  }
  if (desk.wake_jobs) desk.wake_jobs();
  return SyncStarted{view_of(sync), begun->queued.joined};
}

}  // namespace casebridge::desk
