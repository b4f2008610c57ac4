// Begins and stops holds, and tells of both.
#include "core/identity/holds.hpp"

namespace casebridge::identity {

Result<bool> begin_hold(ports::Transaction& tx, const Alerts& alerts, const ports::Account& account,
                        const std::string& kind, Instant now, const HoldSettings& settings) {
  const auto after = kind == hold_deletion ? settings.deletion_memory : settings.window;
  const ports::Hold hold{account.id, kind, now, now + settings.wait, now + settings.wait + after};
  // One whose window is over may still be there, until it is swept.
  CASEBRIDGE_TRY(const auto older, tx.safety().find_hold(account.id, kind));
  if (older && now >= older->ends_at) {
    CASEBRIDGE_TRY([[maybe_unused]] const bool gone, tx.safety().end_hold(account.id, kind));
  }
  CASEBRIDGE_TRY(const bool begun, tx.safety().begin_hold(hold));
  if (begun) CASEBRIDGE_CHECK(alerts.send_with_stop(tx, account, hold, now));
  return begun;
}

Result<bool> stop_hold(ports::Transaction& tx, const Alerts& alerts, const ports::Account& account,
                       const std::string& kind, Instant now) {
  CASEBRIDGE_TRY(const bool ended, tx.safety().end_hold(account.id, kind));
  if (ended) CASEBRIDGE_CHECK(alerts.send(tx, account, "hold_stopped", now));
  return ended;
}

}  // namespace casebridge::identity
