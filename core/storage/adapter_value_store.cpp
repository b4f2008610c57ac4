// Rows of adapter_value, and what a system has used of its quota.
#include "core/storage/adapter_value_store.hpp"

#include "core/storage/fields.hpp"

namespace casebridge::storage {
namespace {

struct AdapterValueFields {
  using Row = ports::AdapterValue;
  static constexpr std::string_view table = "adapter_value";
  static constexpr std::size_t keys = 2;
  static Row blank() { return {}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("system", row.system);
    column("key_digest", row.key_digest);
    column("sealed_key", row.sealed_key);
    column("sealed", row.sealed);
    column("size", row.size);
    column("version", row.version);
  }
};

struct UsageFields {
  using Row = ports::AdapterUsage;
  static constexpr std::string_view table = "adapter_usage";
  static constexpr std::size_t keys = 1;
  static Row blank() { return {}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("system", row.system);
    column("entries", row.entries);
    column("octets", row.octets);
    column("last_version", row.last_version);
  }
};

}  // namespace

Result<std::optional<ports::AdapterValue>> SqlAdapterValueStore::find(const std::string& system,
                                                                      const std::string& key_digest) {
  static const std::string sql =
      select_sql<AdapterValueFields>("WHERE system = :system AND key_digest = :key_digest");
  return select_one<AdapterValueFields>(scope_.connection(), sql,
                                        Values{}.with("system", system).with("key_digest", key_digest));
}

Result<std::vector<std::string>> SqlAdapterValueStore::sealed_keys(const std::string& system) {
  static const std::string sql = "SELECT sealed_key FROM adapter_value WHERE system = :system";
  return select_column<std::string>(scope_.connection(), sql, Values{}.with("system", system));
}

Result<ports::AdapterUsage> SqlAdapterValueStore::usage(const std::string& system) {
  static const std::string sql = select_sql<UsageFields>("WHERE system = :system");
  CASEBRIDGE_TRY(auto found,
                 select_one<UsageFields>(scope_.connection(), sql, Values{}.with("system", system)));
  return found ? std::move(*found) : ports::AdapterUsage{system, 0, 0, 0};
}

Result<void> SqlAdapterValueStore::set_usage(const ports::AdapterUsage& usage) {
  static const std::string sql = upsert_sql<UsageFields>();
  CASEBRIDGE_CHECK(scope_.connection().run(sql, values_of<UsageFields>(usage)));
  return {};
}

Result<void> SqlAdapterValueStore::put(const ports::AdapterValue& value) {
  static const std::string sql = upsert_sql<AdapterValueFields>();
  CASEBRIDGE_CHECK(scope_.connection().run(sql, values_of<AdapterValueFields>(value)));
  return {};
}

Result<void> SqlAdapterValueStore::remove(const std::string& system, const std::string& key_digest) {
  static const std::string sql =
      "DELETE FROM adapter_value WHERE system = :system AND key_digest = :key_digest";
  CASEBRIDGE_CHECK(
      scope_.connection().run(sql, Values{}.with("system", system).with("key_digest", key_digest)));
  return {};
}

}  // namespace casebridge::storage
