// Lists the passkeys of the caller's account.
#include "core/desk/list_passkeys.hpp"

namespace casebridge::desk {

Result<std::vector<PasskeyView>> ListPasskeys::run(const model::Caller& caller) const {
  std::vector<PasskeyView> views;
  CASEBRIDGE_CHECK(store_.read([&](ports::Transaction& tx) -> Result<void> {
    views.clear();
    CASEBRIDGE_TRY(const std::vector<ports::Passkey> passkeys, tx.passkeys().list(caller.account));
    for (const ports::Passkey& one : passkeys)
      views.push_back({one.id, one.name, one.credential_id, one.transports, one.backed_up, one.created_at,
                       one.last_used_at});
    return {};
  }));
  return views;
}

}  // namespace casebridge::desk
