// Reads; writes only what time has done to an attempt.
#include "core/desk/read_link_attempt.hpp"

#include "core/desk/attempt_row.hpp"

namespace casebridge::desk {
namespace {

Result<std::optional<SyncId>> open_sync_of(ports::Transaction& tx, const ports::LinkAttempt& row) {
  if (row.state != "succeeded" || !row.link) return std::optional<SyncId>{};
  CASEBRIDGE_TRY(const auto sync, tx.syncs().find_open(*row.link));
  return sync ? std::optional<SyncId>{sync->id} : std::nullopt;
}

Result<AttemptView> bring_up_to_date(const Desk& desk, const AccountId& account, const LinkAttemptId& id) {
  std::optional<AttemptView> view;
  const Result<void> written = desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const ports::LinkAttempt row, load_attempt(desk, tx, account, id));
    view = view_of(desk, row);
    return {};
  });
  if (!written) return written.error();
  return std::move(*view);
}

}  // namespace

Result<AttemptView> read_link_attempt(const Desk& desk, const model::Caller& caller,
                                      const LinkAttemptId& id) {
  std::optional<AttemptView> view;
  const Result<void> read = desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    view.reset();
    CASEBRIDGE_TRY(const auto row, tx.attempts().find(caller.account, id));
    if (!row) return trouble(TroubleCode::not_found, "link attempt");
    if (is_overdue(*row, desk.clock.now())) return {};
    CASEBRIDGE_TRY(auto sync, open_sync_of(tx, *row));
    view = view_of(desk, *row, std::move(sync));
    return {};
  });
  if (!read) return read.error();
  if (!view) return bring_up_to_date(desk, caller.account, id);
  return std::move(*view);
}

Result<std::vector<AttemptView>> list_link_attempts(const Desk& desk, const model::Caller& caller) {
  std::vector<LinkAttemptId> ids;
  const Result<void> read = desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    ids.clear();
    CASEBRIDGE_TRY(const auto rows, tx.attempts().list_open(caller.account));
    for (const ports::LinkAttempt& row : rows) ids.push_back(row.id);
    return {};
  });
  if (!read) return read.error();
  std::vector<AttemptView> views;
  for (const LinkAttemptId& id : ids) {
    CASEBRIDGE_TRY(AttemptView view, read_link_attempt(desk, caller, id));
    if (view.state == "challenge" || view.state == "verifying" || view.state == "waiting") {
      views.push_back(std::move(view));
    }
  }
  return views;
}

}  // namespace casebridge::desk
