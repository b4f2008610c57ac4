// Opens databases.
#include "core/storage/database.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "core/storage/migrate.hpp"
#include "core/storage/sql_store.hpp"

namespace casebridge::storage {
namespace {

// SQLite would make the file with whatever the umask allows; its log and index files take the mode of this
// one.
Result<void> make_file(const Target& target) {
  if (target.engine != Engine::sqlite) return {};
  const int descriptor = ::open(target.path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return trouble(TroubleCode::dependency_failed, "storage: the file cannot be opened");
  ::close(descriptor);
  return {};
}

Result<void> bring_up_to_date(const Target& target, const std::vector<MigrationFile>& files, const Log& log) {
  CASEBRIDGE_CHECK(make_file(target));
  CASEBRIDGE_TRY(const int applied, migrate(target, files));
  if (applied > 0) {
    log.write(LogLevel::info, "storage.migrated",
              {{"engine", name_of(target.engine)}, {"applied", std::int64_t{applied}}});
  }
  return {};
}

}  // namespace

Result<int> migrate(const DatabaseOptions& options) {
  CASEBRIDGE_TRY(const auto target, parse_target(options.url, options.password_file));
  CASEBRIDGE_TRY(const auto files, read_migrations(options.migrations, target.engine));
  CASEBRIDGE_CHECK(make_file(target));
  return migrate(target, files);
}

Result<std::unique_ptr<ports::Store>> open_database(const DatabaseOptions& options, const Clock& clock,
                                                    const Log& log) {
  CASEBRIDGE_TRY(const auto target, parse_target(options.url, options.password_file));
  CASEBRIDGE_TRY(const auto files, read_migrations(options.migrations, target.engine));
  CASEBRIDGE_CHECK(options.migrate ? bring_up_to_date(target, files, log) : check_schema(target, files));
  return std::unique_ptr<ports::Store>(std::make_unique<SqlStore>(
      target, options.connections_max, static_cast<std::int64_t>(files.size()), clock, log));
}

}  // namespace casebridge::storage
