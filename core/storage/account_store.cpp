// Accounts.
#include "core/storage/account_stores.hpp"
#include "core/storage/fields.hpp"

namespace casebridge::storage {
namespace {

struct AccountFields {
  using Row = ports::Account;
  static constexpr std::string_view table = "account";
  static constexpr std::size_t keys = 1;
  static Row blank() { return {AnyId{}, {}, {}, {}, {}}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("id", row.id);
    column("email", row.email);
    column("email_canonical", row.email_canonical);
    column("email_verified_at", row.email_verified_at);
    column("password_hash", row.password_hash);
    column("credential_version", row.credential_version);
    column("locale", row.locale);
    column("created_at", row.created_at);
    column("password_stopped", row.password_stopped);
    column("role", row.role);
    column("role_since", row.role_since);
    column("signed_in_at", row.signed_in_at);
  }
};

Result<void> found_one(const Result<std::int64_t>& written) {
  if (!written) return written.error();
  if (*written == 0) return trouble(TroubleCode::not_found, "no such account");
  return {};
}

// What refers to an account goes with it by the schema; codes and jobs only name what they are about.
Result<int> erase_all(Connection& connection, const std::string& accounts, const Values& values) {
  const std::string statements[] = {
      "DELETE FROM one_time_code WHERE subject IN " + accounts,
      "DELETE FROM one_time_code WHERE subject IN (SELECT id FROM flow WHERE account_id IN " + accounts + ")",
      "DELETE FROM job WHERE subject IN " + accounts,
      "DELETE FROM job WHERE subject IN (SELECT id FROM link WHERE account_id IN " + accounts + ")",
      "DELETE FROM job WHERE subject IN (SELECT id FROM sync WHERE account_id IN " + accounts + ")",
      "DELETE FROM account WHERE id IN " + accounts,
  };
  std::int64_t erased = 0;
  for (const std::string& sql : statements) {
    CASEBRIDGE_TRY(erased, connection.run(sql, values));
  }
  return static_cast<int>(erased);
}

}  // namespace

Result<void> SqlAccountStore::insert(const ports::Account& account) {
  static const std::string sql = insert_sql<AccountFields>();
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, values_of<AccountFields>(account)));
  if (written == 0) return trouble(TroubleCode::version_conflict, "the e-mail address or the id is taken");
  return {};
}

Result<std::optional<ports::Account>> SqlAccountStore::find(const AccountId& id) {
  static const std::string sql = select_sql<AccountFields>("WHERE id = :id");
  return select_one<AccountFields>(scope_.connection(), sql, Values{}.with("id", id));
}

Result<std::optional<ports::Account>> SqlAccountStore::find_by_email(const std::string& canonical) {
  static const std::string sql = select_sql<AccountFields>("WHERE email_canonical = :email_canonical");
  return select_one<AccountFields>(scope_.connection(), sql, Values{}.with("email_canonical", canonical));
}

Result<void> SqlAccountStore::set_email_verified(const AccountId& id, Instant at) {
  static const std::string sql = "UPDATE account SET email_verified_at = :at WHERE id = :id";
  return found_one(scope_.connection().run(sql, Values{}.with("at", at).with("id", id)));
}

Result<void> SqlAccountStore::set_password(const AccountId& id, const std::string& hash,
                                           std::int64_t credential_version) {
  static const std::string sql =
      "UPDATE account SET password_hash = :hash, credential_version = :credential_version,"
      " password_stopped = 0 WHERE id = :id";
  return found_one(scope_.connection().run(
      sql, Values{}.with("hash", hash).with("credential_version", credential_version).with("id", id)));
}

Result<void> SqlAccountStore::stop_password(const AccountId& id, std::int64_t credential_version) {
  static const std::string sql =
      "UPDATE account SET password_stopped = 1, credential_version = :credential_version WHERE id = :id";
  return found_one(
      scope_.connection().run(sql, Values{}.with("credential_version", credential_version).with("id", id)));
}

Result<void> SqlAccountStore::set_password_hash_only(const AccountId& id, const std::string& hash) {
  static const std::string sql = "UPDATE account SET password_hash = :hash WHERE id = :id";
  return found_one(scope_.connection().run(sql, Values{}.with("hash", hash).with("id", id)));
}

Result<void> SqlAccountStore::set_role(const AccountId& id, const std::string& role, Instant since) {
  static const std::string sql = "UPDATE account SET role = :role, role_since = :since WHERE id = :id";
  return found_one(
      scope_.connection().run(sql, Values{}.with("role", role).with("since", since).with("id", id)));
}

Result<void> SqlAccountStore::note_sign_in(const AccountId& id, Instant at) {
  static const std::string sql = "UPDATE account SET signed_in_at = :at WHERE id = :id";
  return found_one(scope_.connection().run(sql, Values{}.with("at", at).with("id", id)));
}

Result<int> SqlAccountStore::purge_unverified(Instant before) {
  return erase_all(scope_.connection(),
                   "(SELECT id FROM account WHERE email_verified_at IS NULL AND created_at < :before)",
                   Values{}.with("before", before));
}

Result<bool> SqlAccountStore::free_address(const std::string& canonical) {
  CASEBRIDGE_TRY(
      const int erased,
      erase_all(scope_.connection(),
                "(SELECT id FROM account WHERE email_verified_at IS NULL AND email_canonical = :canonical)",
                Values{}.with("canonical", canonical)));
  return erased == 1;
}

}  // namespace casebridge::storage
