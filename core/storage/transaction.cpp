// Account versions of an open transaction.
#include "core/storage/transaction.hpp"

#include "core/storage/fields.hpp"

namespace casebridge::storage {

Result<std::int64_t> OpenTransaction::account_version(const AccountId& account) {
  static const std::string sql = "SELECT version FROM account_version WHERE account_id = :account_id";
  CASEBRIDGE_TRY(const auto found,
                 select_column<std::int64_t>(scope_.connection(), sql, Values{}.with("account_id", account)));
  return found.empty() ? std::int64_t{0} : found.front();
}

Result<void> OpenTransaction::raise_account_version(const AccountId& account) {
  return scope_.raise_version(account.text());
}

}  // namespace casebridge::storage
