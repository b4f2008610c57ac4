// Reads the caller's own account.
#include "core/desk/read_me.hpp"

#include <optional>

namespace casebridge::desk {

Result<Me> ReadMe::run(const model::Caller& caller) const {
  std::optional<ports::Account> account;
  bool has_totp = false;
  std::size_t codes_left = 0;
  std::size_t passkeys = 0;
  CASEBRIDGE_CHECK(store_.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(account, tx.accounts().find(caller.account));
    CASEBRIDGE_TRY(const std::optional<ports::TotpApp> app, tx.factors().find_totp(caller.account));
    CASEBRIDGE_TRY(const auto codes, tx.factors().unused_recovery_codes(caller.account));
    CASEBRIDGE_TRY(const auto keys, tx.passkeys().list(caller.account));
    passkeys = keys.size();
    has_totp = app.has_value();
    codes_left = codes.size();
    return {};
  }));
  if (!account) return trouble(TroubleCode::token_invalid);
  return Me{account->id,
            account->email,
            account->email_verified_at.has_value(),
            account->locale,
            account->created_at,
            caller.assurance,
            caller.authenticated_at,
            has_totp,
            static_cast<int>(codes_left),
            static_cast<int>(passkeys),
            second_factor_required_ && caller.assurance != model::Assurance::two_factor};
}

}  // namespace casebridge::desk
