// Writes changes.
#include "core/storage/change_log.hpp"

#include "core/storage/fields.hpp"

namespace casebridge::storage {

Result<void> ChangeLog::open() {
  static const std::string find_account = "SELECT account_id FROM link WHERE id = :id";
  static const std::string last_number =
      "SELECT change_seq FROM account_version WHERE account_id = :account_id";
  CASEBRIDGE_TRY(const auto accounts, select_column<std::string>(scope_.connection(), find_account,
                                                                 Values{}.with("id", link_id_)));
  if (accounts.empty()) return trouble(TroubleCode::not_found, "no such link");
  CASEBRIDGE_CHECK(scope_.raise_version(accounts.front()));
  CASEBRIDGE_TRY(const auto numbers,
                 select_column<std::int64_t>(scope_.connection(), last_number,
                                             Values{}.with("account_id", accounts.front())));
  account_ = Account{accounts.front(), numbers.empty() ? 0 : numbers.front()};
  return {};
}

Result<void> ChangeLog::write(std::string_view dataset, const std::string& record_id, std::int64_t version,
                              std::string_view kind, Instant at) {
  static const std::string sql =
      "INSERT INTO change (account_id, seq, link_id, dataset, record_id, version, kind, changed_at)"
      " VALUES (:account_id, :seq, :link_id, :dataset, :record_id, :version, :kind, :changed_at)";
  if (!account_) CASEBRIDGE_CHECK(open());
  CASEBRIDGE_CHECK(scope_.connection().run(sql, Values{}
                                                    .with("account_id", account_->id)
                                                    .with("seq", ++account_->seq)
                                                    .with("link_id", link_id_)
                                                    .with("dataset", std::string(dataset))
                                                    .with("record_id", record_id)
                                                    .with("version", version)
                                                    .with("kind", std::string(kind))
                                                    .with("changed_at", at)));
  return {};
}

Result<void> ChangeLog::close() {
  static const std::string sql =
      "UPDATE account_version SET change_seq = :seq WHERE account_id = :account_id";
  if (!account_) return {};
  CASEBRIDGE_CHECK(
      scope_.connection().run(sql, Values{}.with("seq", account_->seq).with("account_id", account_->id)));
  account_.reset();
  return {};
}

}  // namespace casebridge::storage
