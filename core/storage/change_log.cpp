// Writes changes.
#include "core/storage/change_log.hpp"

#include "core/storage/fields.hpp"

namespace casebridge::storage {

Result<void> ChangeLog::find_account() {
  static const std::string sql = "SELECT account_id FROM link WHERE id = :id";
  CASEBRIDGE_TRY(const auto found,
                 select_column<std::string>(scope_.connection(), sql, Values{}.with("id", link_id_)));
  if (found.empty()) return trouble(TroubleCode::not_found, "no such link");
  CASEBRIDGE_CHECK(scope_.raise_version(found.front()));
  account_id_ = found.front();
  return {};
}

Result<void> ChangeLog::write(std::string_view dataset, const std::string& record_id, std::int64_t version,
                              std::string_view kind, Instant at) {
  static const std::string take_number =
      "UPDATE account_version SET change_seq = change_seq + 1 WHERE account_id = :account_id";
  static const std::string insert =
      "INSERT INTO change (account_id, seq, link_id, dataset, record_id, version, kind, changed_at)"
      " SELECT account_id, change_seq, CAST(:link_id AS TEXT), CAST(:dataset AS TEXT), CAST(:record_id AS "
      "TEXT),"
      " CAST(:version AS BIGINT), CAST(:kind AS TEXT), CAST(:changed_at AS BIGINT)"
      " FROM account_version WHERE account_id = :account_id";
  if (!account_id_) CASEBRIDGE_CHECK(find_account());
  CASEBRIDGE_CHECK(scope_.connection().run(take_number, Values{}.with("account_id", *account_id_)));
  CASEBRIDGE_CHECK(scope_.connection().run(insert, Values{}
                                                       .with("link_id", link_id_)
                                                       .with("dataset", std::string(dataset))
                                                       .with("record_id", record_id)
                                                       .with("version", version)
                                                       .with("kind", std::string(kind))
                                                       .with("changed_at", at)
                                                       .with("account_id", *account_id_)));
  return {};
}

}  // namespace casebridge::storage
