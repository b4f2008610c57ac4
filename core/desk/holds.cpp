// Lists and stops the holds of the caller's own account.
#include "core/desk/holds.hpp"

#include "core/desk/tell.hpp"
#include "core/identity/holds.hpp"

namespace casebridge::desk {

Result<std::vector<ports::Hold>> list_holds(const Desk& desk, const model::Caller& caller) {
  const Instant now = desk.clock.now();
  std::vector<ports::Hold> holds;
  CASEBRIDGE_CHECK(desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(holds, tx.safety().list_holds(caller.account));
    return {};
  }));
  std::erase_if(holds, [&](const ports::Hold& hold) { return now >= hold.ends_at; });
  return holds;
}

Result<void> stop_hold(const Desk& desk, const identity::Alerts& alerts, const model::Caller& caller,
                       const std::string& kind) {
  return desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const auto account, tx.accounts().find(caller.account));
    if (!account) return trouble(TroubleCode::token_invalid);
    CASEBRIDGE_TRY(const bool stopped, identity::stop_hold(tx, alerts, *account, kind, desk.clock.now()));
    if (!stopped) return trouble(TroubleCode::not_found);
    return tell(desk, tx, "hold_stopped", caller.account, {{"session", caller.session.text()}});
  });
}

}  // namespace casebridge::desk
