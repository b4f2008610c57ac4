// Second factors: what is used up is used up by one conditional statement.
#include "core/storage/factor_store.hpp"

#include "core/storage/fields.hpp"

namespace casebridge::storage {
namespace {

struct TotpFields {
  using Row = ports::TotpApp;
  static constexpr std::string_view table = "totp_app";
  static constexpr std::size_t keys = 1;
  static Row blank() { return {AnyId{}, {}, 0, {}}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("account_id", row.account);
    column("sealed_secret", row.sealed_secret);
    column("last_step", row.last_step);
    column("added_at", row.added_at);
  }
};

struct RecoveryFields {
  using Row = ports::RecoveryCode;
  static constexpr std::string_view table = "recovery_code";
  static constexpr std::size_t keys = 2;
  static Row blank() { return {AnyId{}, 0, {}, {}}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("account_id", row.account);
    column("number", row.number);
    column("hash", row.hash);
    column("used_at", row.used_at);
  }
};

}  // namespace

Result<bool> SqlFactorStore::has_second_factor(const AccountId& account) {
  static const std::string sql =
      "SELECT (SELECT COUNT(*) FROM totp_app WHERE account_id = :account_id) +"
      " (SELECT COUNT(*) FROM passkey WHERE account_id = :same_account)";
  CASEBRIDGE_TRY(const auto counts, select_column<std::int64_t>(
                                        scope_.connection(), sql,
                                        Values{}.with("account_id", account).with("same_account", account)));
  return !counts.empty() && counts.front() > 0;
}

Result<void> SqlFactorStore::set_totp(const ports::TotpApp& app) {
  static const std::string sql = upsert_sql<TotpFields>();
  CASEBRIDGE_CHECK(scope_.connection().run(sql, values_of<TotpFields>(app)));
  return {};
}

Result<std::optional<ports::TotpApp>> SqlFactorStore::find_totp(const AccountId& account) {
  static const std::string sql = select_sql<TotpFields>("WHERE account_id = :account_id");
  return select_one<TotpFields>(scope_.connection(), sql, Values{}.with("account_id", account));
}

Result<bool> SqlFactorStore::take_totp_step(const AccountId& account, std::int64_t step) {
  static const std::string sql =
      "UPDATE totp_app SET last_step = :step WHERE account_id = :account_id AND last_step < :before";
  CASEBRIDGE_TRY(const auto written,
                 scope_.connection().run(
                     sql, Values{}.with("step", step).with("account_id", account).with("before", step)));
  return written == 1;
}

Result<bool> SqlFactorStore::remove_totp(const AccountId& account) {
  static const std::string sql = "DELETE FROM totp_app WHERE account_id = :account_id";
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, Values{}.with("account_id", account)));
  return written == 1;
}

Result<void> SqlFactorStore::replace_recovery_codes(const AccountId& account,
                                                    const std::vector<std::string>& hashes) {
  static const std::string emptied = "DELETE FROM recovery_code WHERE account_id = :account_id";
  static const std::string added = insert_sql<RecoveryFields>();
  CASEBRIDGE_CHECK(scope_.connection().run(emptied, Values{}.with("account_id", account)));
  int number = 0;
  for (const std::string& hash : hashes) {
    const ports::RecoveryCode code{account, ++number, hash, {}};
    CASEBRIDGE_CHECK(scope_.connection().run(added, values_of<RecoveryFields>(code)));
  }
  return {};
}

Result<std::vector<ports::RecoveryCode>> SqlFactorStore::unused_recovery_codes(const AccountId& account) {
  static const std::string sql =
      select_sql<RecoveryFields>("WHERE account_id = :account_id AND used_at IS NULL ORDER BY number");
  return select_all<RecoveryFields>(scope_.connection(), sql, Values{}.with("account_id", account));
}

// The hash is named as well: a number of the next set is another code.
Result<bool> SqlFactorStore::use_recovery_code(const ports::RecoveryCode& code, Instant at) {
  static const std::string sql =
      "UPDATE recovery_code SET used_at = :at"
      " WHERE account_id = :account_id AND number = :number AND hash = :hash AND used_at IS NULL";
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, Values{}
                                                                      .with("at", at)
                                                                      .with("account_id", code.account)
                                                                      .with("number", code.number)
                                                                      .with("hash", code.hash)));
  return written == 1;
}

}  // namespace casebridge::storage
