// One transaction: there is no moment in which half of it holds.
#include "core/desk/safety_stop.hpp"

#include "core/desk/tell.hpp"
#include "core/ports/store_safety.hpp"

namespace casebridge::desk {

Result<SafetyStopView> read_safety_stop(const Desk& desk, const model::Caller& caller) {
  SafetyStopView view;
  CASEBRIDGE_CHECK(desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(view.stopped_at, tx.safety().stopped_at(caller.account));
    return {};
  }));
  return view;
}

Result<SafetyStopView> begin_safety_stop(const Desk& desk, const model::Caller& caller) {
  SafetyStopView view;
  CASEBRIDGE_CHECK(desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_CHECK(tell(desk, tx, "safety_stop", caller.account, {{"session", caller.session.text()}}));
    CASEBRIDGE_TRY(view.sessions_ended, tx.sessions().remove_all_but(caller.account, caller.session));
    CASEBRIDGE_TRY(view.devices_forgotten, tx.devices().forget_all_but(caller.account, std::nullopt));
    CASEBRIDGE_CHECK(tx.safety().stop(caller.account, desk.clock.now()));
    CASEBRIDGE_TRY(view.stopped_at, tx.safety().stopped_at(caller.account));
    return {};
  }));
  return view;
}

Result<void> lift_safety_stop(const Desk& desk, const identity::Alerts& alerts, const model::Caller& caller) {
  return desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const bool lifted, tx.safety().lift_stop(caller.account));
    if (!lifted) return trouble(TroubleCode::not_found);
    CASEBRIDGE_TRY(const auto account, tx.accounts().find(caller.account));
    if (!account) return trouble(TroubleCode::token_invalid);
    CASEBRIDGE_CHECK(
        tell(desk, tx, "safety_stop_lifted", caller.account, {{"session", caller.session.text()}}));
    return alerts.send(tx, *account, "stop_lifted", desk.clock.now());
  });
}

Result<void> check_sharing(ports::Transaction& tx, const AccountId& account) {
  CASEBRIDGE_TRY(const auto stopped, tx.safety().stopped_at(account));
  return stopped ? trouble(TroubleCode::sharing_stopped) : Result<void>();
}

}  // namespace casebridge::desk
