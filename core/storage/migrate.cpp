// Brings a database's schema up to date, whole or not at all, and never twice.
#include "core/storage/migrate.hpp"

#include <chrono>

#include "core/storage/fields.hpp"

namespace casebridge::storage {
namespace {

// "casebrid" as a number: any constant that other users of the server are unlikely to lock.
constexpr std::int64_t lock_key = 0x6361736562726964;

struct Applied {
  std::int64_t number = 0;
  std::string name;
  std::string checksum;
  Instant applied_at{};
};

struct AppliedFields {
  using Row = Applied;
  static constexpr std::string_view table = "schema_migration";
  static constexpr std::size_t keys = 1;
  static Row blank() { return {}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("number", row.number);
    column("name", row.name);
    column("checksum", row.checksum);
    column("applied_at", row.applied_at);
  }
};

// What was applied must be the beginning of what there is now.
Result<void> compare(const std::vector<Applied>& applied, const std::vector<MigrationFile>& files) {
  if (applied.size() > files.size()) {
    return field_trouble("database", "storage: the database is newer than this program: it has migration " +
                                         std::to_string(applied.back().number) + ", this program knows " +
                                         std::to_string(files.size()));
  }
  for (std::size_t i = 0; i < applied.size(); ++i) {
    if (applied[i].number != files[i].number || applied[i].checksum != files[i].checksum) {
      return field_trouble("database", "storage: migration " + std::to_string(files[i].number) +
                                           " changed after it was applied");
    }
  }
  return {};
}

Result<void> apply(Connection& connection, const MigrationFile& file, Instant now) {
  static const std::string sql = insert_sql<AppliedFields>();
  for (const std::string& statement : file.statements) CASEBRIDGE_CHECK(connection.run_once(statement));
  CASEBRIDGE_CHECK(
      connection.run(sql, values_of<AppliedFields>({file.number, file.name, file.checksum, now})));
  return {};
}

Result<std::vector<Applied>> applied_to(Connection& connection) {
  return select_all<AppliedFields>(connection, select_sql<AppliedFields>("ORDER BY number"), {});
}

Result<bool> has_migrations(Connection& connection) {
  const std::string sql = connection.engine() == Engine::sqlite
                              ? "SELECT COUNT(*) FROM sqlite_master WHERE name = 'schema_migration'"
                              : "SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass('schema_migration')";
  CASEBRIDGE_TRY(const auto found, select_column<std::int64_t>(connection, sql, {}));
  return !found.empty() && found.front() > 0;
}

Result<int> apply_missing(Connection& connection, const std::vector<MigrationFile>& files) {
  if (connection.engine() == Engine::postgresql) {
    CASEBRIDGE_CHECK(connection.run("SELECT pg_advisory_xact_lock(:key)", Values{}.with("key", lock_key)));
  }
  CASEBRIDGE_CHECK(connection.run_once(
      "CREATE TABLE IF NOT EXISTS schema_migration (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL,"
      " checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)"));
  CASEBRIDGE_TRY(const auto applied, applied_to(connection));
  CASEBRIDGE_CHECK(compare(applied, files));
  // When it really happened: the operator's record, not a moment of the domain.
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  for (std::size_t i = applied.size(); i < files.size(); ++i)
    CASEBRIDGE_CHECK(apply(connection, files[i], now));
  return static_cast<int>(files.size() - applied.size());
}

}  // namespace

Result<void> check_schema(const Target& target, const std::vector<MigrationFile>& files) {
  CASEBRIDGE_TRY(const auto connection, Connection::open(target, Access::read));
  CASEBRIDGE_TRY(const bool begun, has_migrations(*connection));
  std::vector<Applied> applied;
  if (begun) {
    CASEBRIDGE_TRY(applied, applied_to(*connection));
  }
  CASEBRIDGE_CHECK(compare(applied, files));
  if (applied.size() < files.size())
    return field_trouble(
        "database",
        "storage: the database is older than this program; start the gateway of this release "
        "first");
  return {};
}

Result<int> migrate(const Target& target, const std::vector<MigrationFile>& files) {
  CASEBRIDGE_TRY(auto connection, Connection::open(target, Access::migrate));
  CASEBRIDGE_CHECK(connection->begin(Access::migrate));
  auto done = apply_missing(*connection, files);
  if (!done) {
    connection->rollback();
    return done;
  }
  CASEBRIDGE_CHECK(connection->commit());
  return done;
}

}  // namespace casebridge::storage
