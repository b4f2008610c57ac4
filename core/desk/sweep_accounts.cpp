// Purges in one transaction.
#include "core/desk/sweep_accounts.hpp"

#include "core/ports/store_safety.hpp"

namespace casebridge::desk {

Result<SweepAccounts::Swept> SweepAccounts::run() const {
  const Instant now = clock_.now();
  Swept swept;
  CASEBRIDGE_CHECK(store_.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(swept.accounts, tx.accounts().purge_unverified(now - settings_.unconfirmed_life));
    CASEBRIDGE_TRY(swept.sessions, tx.sessions().remove_ended(now - sessions_.idle, now));
    CASEBRIDGE_TRY(swept.flows, tx.flows().purge(now - settings_.flow_memory));
    CASEBRIDGE_TRY(swept.devices, tx.devices().purge(now));
    CASEBRIDGE_TRY(swept.links_and_holds, tx.safety().purge(now));
    CASEBRIDGE_TRY(swept.throttles, tx.throttles().purge(now - settings_.throttle_memory));
    return {};
  }));
  return swept;
}

}  // namespace casebridge::desk
