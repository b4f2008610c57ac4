// Passkeys and the handles of their owners.
#include "core/storage/passkey_store.hpp"

#include "core/storage/fields.hpp"

namespace casebridge::storage {
namespace {

struct PasskeyFields {
  using Row = ports::Passkey;
  static constexpr std::string_view table = "passkey";
  static constexpr std::size_t keys = 1;
  static Row blank() { return {AnyId{}, AnyId{}, {}, 0, {}, 0, false, false, {}, {}}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("id", row.id);
    column("account_id", row.account);
    column("credential_id", row.credential_id);
    column("algorithm", row.algorithm);
    column("public_key", row.public_key);
    column("sign_count", row.sign_count);
    column("backup_eligible", row.backup_eligible);
    column("backed_up", row.backed_up);
    column("transports", row.transports);
    column("name", row.name);
    column("created_at", row.created_at);
    column("last_used_at", row.last_used_at);
  }
};

}  // namespace

Result<std::string> SqlPasskeyStore::settle_user_handle(const AccountId& account, const std::string& fresh) {
  static const std::string sql =
      "INSERT INTO passkey_owner (account_id, user_handle) VALUES (:account_id, :user_handle)"
      " ON CONFLICT DO NOTHING";
  CASEBRIDGE_CHECK(
      scope_.connection().run(sql, Values{}.with("account_id", account).with("user_handle", fresh)));
  CASEBRIDGE_TRY(std::optional<std::string> kept, find_user_handle(account));
  return kept.value_or(fresh);
}

Result<std::optional<std::string>> SqlPasskeyStore::find_user_handle(const AccountId& account) {
  static const std::string sql = "SELECT user_handle FROM passkey_owner WHERE account_id = :account_id";
  CASEBRIDGE_TRY(const auto found,
                 select_column<std::string>(scope_.connection(), sql, Values{}.with("account_id", account)));
  return found.empty() ? std::nullopt : std::optional<std::string>(found.front());
}

Result<void> SqlPasskeyStore::insert(const ports::Passkey& passkey) {
  static const std::string sql = insert_sql<PasskeyFields>();
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, values_of<PasskeyFields>(passkey)));
  if (written == 0) return trouble(TroubleCode::version_conflict, "the credential is there already");
  return {};
}

Result<std::optional<ports::Passkey>> SqlPasskeyStore::find_by_credential(const std::string& credential_id) {
  static const std::string sql = select_sql<PasskeyFields>("WHERE credential_id = :credential_id");
  return select_one<PasskeyFields>(scope_.connection(), sql, Values{}.with("credential_id", credential_id));
}

Result<std::vector<ports::Passkey>> SqlPasskeyStore::list(const AccountId& account) {
  static const std::string sql =
      select_sql<PasskeyFields>("WHERE account_id = :account_id ORDER BY created_at, id");
  return select_all<PasskeyFields>(scope_.connection(), sql, Values{}.with("account_id", account));
}

Result<bool> SqlPasskeyStore::rename(const AccountId& account, const ports::PasskeyId& id,
                                     const std::string& name) {
  static const std::string sql =
      "UPDATE passkey SET name = :name WHERE account_id = :account_id AND id = :id";
  CASEBRIDGE_TRY(
      const auto written,
      scope_.connection().run(sql, Values{}.with("name", name).with("account_id", account).with("id", id)));
  return written == 1;
}

Result<bool> SqlPasskeyStore::note_use(const ports::Passkey& before, std::int64_t sign_count, bool backed_up,
                                       Instant at) {
  static const std::string sql =
      "UPDATE passkey SET sign_count = :sign_count, backed_up = :backed_up, last_used_at = :at"
      " WHERE id = :id AND account_id = :account_id AND sign_count = :before";
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, Values{}
                                                                      .with("sign_count", sign_count)
                                                                      .with("backed_up", backed_up)
                                                                      .with("at", at)
                                                                      .with("id", before.id)
                                                                      .with("account_id", before.account)
                                                                      .with("before", before.sign_count)));
  return written == 1;
}

Result<bool> SqlPasskeyStore::remove(const AccountId& account, const ports::PasskeyId& id) {
  static const std::string sql = "DELETE FROM passkey WHERE account_id = :account_id AND id = :id";
  CASEBRIDGE_TRY(const auto written,
                 scope_.connection().run(sql, Values{}.with("account_id", account).with("id", id)));
  return written == 1;
}

}  // namespace casebridge::storage
