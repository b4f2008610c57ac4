// Reads the caller's own account.
#include "core/desk/read_me.hpp"

#include <optional>

namespace casebridge::desk {

Result<Me> ReadMe::run(const model::Caller& caller) const {
  std::optional<ports::Account> account;
  CASEBRIDGE_CHECK(store_.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(account, tx.accounts().find(caller.account));
    return {};
  }));
  if (!account) return trouble(TroubleCode::token_invalid);
  return Me{account->id,
            account->email,
            account->email_verified_at.has_value(),
            account->locale,
            account->created_at,
            caller.assurance,
            caller.authenticated_at};
}

}  // namespace casebridge::desk
