// Further addresses of accounts, and how their owners want to be written to.
#include "core/storage/fields.hpp"
#include "core/storage/safety_store.hpp"

namespace casebridge::storage {
namespace {

struct AddressFields {
  using Row = ports::FurtherAddress;
  static constexpr std::string_view table = "further_address";
  static constexpr std::size_t keys = 1;
  static Row blank() { return {AnyId{}, AnyId{}, {}, {}}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("id", row.id);
    column("account_id", row.account);
    column("email", row.email);
    column("email_canonical", row.canonical);
    column("verified_at", row.verified_at);
    column("kept_until", row.kept_until);
  }
};

struct ContactFields {
  using Row = ports::ContactSettings;
  static Row blank() { return {}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("leaves_out_sign_in", row.leaves_out_sign_in);
    column("plain", row.plain);
    column("since", row.since);
  }
};

}  // namespace

Result<bool> SqlSafetyStore::insert_address(const ports::FurtherAddress& address) {
  static const std::string sql = insert_sql<AddressFields>();
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, values_of<AddressFields>(address)));
  return written == 1;
}

Result<std::vector<ports::FurtherAddress>> SqlSafetyStore::list_addresses(const AccountId& account) {
  static const std::string sql =
      select_sql<AddressFields>("WHERE account_id = :account_id ORDER BY verified_at, id");
  return select_all<AddressFields>(scope_.connection(), sql, Values{}.with("account_id", account));
}

Result<bool> SqlSafetyStore::remove_address(const AccountId& account, const AddressId& id) {
  static const std::string sql = "DELETE FROM further_address WHERE id = :id AND account_id = :account_id";
  CASEBRIDGE_TRY(const auto written,
                 scope_.connection().run(sql, Values{}.with("id", id).with("account_id", account)));
  return written == 1;
}

Result<bool> SqlSafetyStore::set_sign_in_address(const AccountId& account, const std::string& email,
                                                 const std::string& canonical) {
  static const std::string sql =
      "UPDATE account SET email = :email, email_canonical = :canonical WHERE id = :id"
      " AND NOT EXISTS (SELECT 1 FROM account o WHERE o.email_canonical = :taken AND o.id <> :own)";
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, Values{}
                                                                      .with("email", email)
                                                                      .with("canonical", canonical)
                                                                      .with("id", account)
                                                                      .with("taken", canonical)
                                                                      .with("own", account)));
  return written == 1;
}

Result<ports::ContactSettings> SqlSafetyStore::contact(const AccountId& account) {
  static const std::string sql =
      "SELECT leaves_out_sign_in, plain, since FROM contact WHERE account_id = :account_id";
  CASEBRIDGE_TRY(const auto found,
                 select_one<ContactFields>(scope_.connection(), sql, Values{}.with("account_id", account)));
  return found.value_or(ports::ContactSettings{});
}

Result<void> SqlSafetyStore::set_contact(const AccountId& account, const ports::ContactSettings& settings) {
  static const std::string sql =
      "INSERT INTO contact (account_id, leaves_out_sign_in, plain, since)"
      " VALUES (:account_id, :leaves_out_sign_in, :plain, :since) ON CONFLICT (account_id) DO UPDATE"
      " SET leaves_out_sign_in = excluded.leaves_out_sign_in, plain = excluded.plain, since = excluded.since";
  CASEBRIDGE_CHECK(
      scope_.connection().run(sql, values_of<ContactFields>(settings).with("account_id", account)));
  return {};
}

}  // namespace casebridge::storage
