// Known devices of accounts.
#include "core/storage/device_store.hpp"

#include "core/storage/fields.hpp"

namespace casebridge::storage {
namespace {

struct DeviceFields {
  using Row = ports::KnownDevice;
  static constexpr std::string_view table = "known_device";
  static constexpr std::size_t keys = 1;
  static Row blank() { return {AnyId{}, AnyId{}, {}, {}, {}}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("id", row.id);
    column("account_id", row.account);
    column("token_digest", row.token_digest);
    column("name", row.name);
    column("address", row.address);
    column("created_at", row.created_at);
    column("last_seen_at", row.last_seen_at);
    column("expires_at", row.expires_at);
  }
};

}  // namespace

Result<void> SqlDeviceStore::insert(const ports::KnownDevice& device) {
  static const std::string sql = insert_sql<DeviceFields>();
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, values_of<DeviceFields>(device)));
  if (written == 0) return trouble(TroubleCode::version_conflict, "the device is known already");
  return {};
}

Result<std::optional<ports::KnownDevice>> SqlDeviceStore::find(const AccountId& account,
                                                               const std::string& token_digest) {
  static const std::string sql =
      select_sql<DeviceFields>("WHERE account_id = :account_id AND token_digest = :token_digest");
  return select_one<DeviceFields>(scope_.connection(), sql,
                                  Values{}.with("account_id", account).with("token_digest", token_digest));
}

Result<std::vector<ports::KnownDevice>> SqlDeviceStore::list(const AccountId& account) {
  static const std::string sql =
      select_sql<DeviceFields>("WHERE account_id = :account_id ORDER BY last_seen_at DESC, id DESC");
  return select_all<DeviceFields>(scope_.connection(), sql, Values{}.with("account_id", account));
}

// One that was forgotten meanwhile stays forgotten: no trouble.
Result<void> SqlDeviceStore::see(const ports::KnownDevice& device) {
  static const std::string sql = update_sql<DeviceFields>("WHERE id = :id");
  CASEBRIDGE_CHECK(scope_.connection().run(sql, values_of<DeviceFields>(device)));
  return {};
}

Result<bool> SqlDeviceStore::forget(const AccountId& account, const DeviceId& id) {
  static const std::string sql = "DELETE FROM known_device WHERE id = :id AND account_id = :account_id";
  CASEBRIDGE_TRY(const auto written,
                 scope_.connection().run(sql, Values{}.with("id", id).with("account_id", account)));
  return written > 0;
}

Result<int> SqlDeviceStore::forget_all_but(const AccountId& account, const std::optional<DeviceId>& keep) {
  static const std::string sql = "DELETE FROM known_device WHERE account_id = :account_id AND id <> :keep";
  const std::string kept = keep ? keep->text() : std::string();
  CASEBRIDGE_TRY(const auto written,
                 scope_.connection().run(sql, Values{}.with("account_id", account).with("keep", kept)));
  return static_cast<int>(written);
}

Result<int> SqlDeviceStore::purge(Instant expired_before) {
  static const std::string sql = "DELETE FROM known_device WHERE expires_at < :before";
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, Values{}.with("before", expired_before)));
  return static_cast<int>(written);
}

}  // namespace casebridge::storage
