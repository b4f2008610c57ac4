// Raises account versions.
#include "core/storage/scope.hpp"

#include "core/storage/fields.hpp"

namespace casebridge::storage {

Result<void> Scope::raise_version(const std::string& account_id) {
  if (raised_.contains(account_id)) return {};
  static const std::string sql =
      "INSERT INTO account_version (account_id, version, change_seq)"
      " SELECT id, 1, 0 FROM account WHERE id = :account_id"
      " ON CONFLICT (account_id) DO UPDATE SET version = account_version.version + 1";
  CASEBRIDGE_TRY(const auto written, connection_.run(sql, Values{}.with("account_id", account_id)));
  if (written == 0) return trouble(TroubleCode::not_found, "no such account");
  raised_.insert(account_id);
  return {};
}

Result<void> Scope::raise_version_of_link(const std::string& link_id) {
  static const std::string sql = "SELECT account_id FROM link WHERE id = :id";
  CASEBRIDGE_TRY(const auto accounts,
                 select_column<std::string>(connection_, sql, Values{}.with("id", link_id)));
  if (accounts.empty()) return trouble(TroubleCode::not_found, "no such link");
  return raise_version(accounts.front());
}

}  // namespace casebridge::storage
