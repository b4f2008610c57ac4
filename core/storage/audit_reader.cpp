// Reads page by page with single statements; the log only grows, so pages of different moments fit together.
#include "core/storage/audit_reader.hpp"

#include <utility>

#include "core/base/clock.hpp"
#include "core/storage/audit_store.hpp"

namespace casebridge::storage {

AuditReader::AuditReader(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

AuditReader::~AuditReader() = default;

Result<std::unique_ptr<AuditReader>> AuditReader::open(const std::string& url,
                                                       const std::filesystem::path& password_file) {
  CASEBRIDGE_TRY(const Target target, parse_target(url, password_file));
  CASEBRIDGE_TRY(auto connection, Connection::open(target, Access::read));
  return std::unique_ptr<AuditReader>(new AuditReader(std::move(connection)));
}

Result<std::vector<std::string>> AuditReader::streams() {
  const RunningClock clock;
  Scope scope(*connection_, clock);
  return SqlAuditStore(scope).streams();
}

Result<std::vector<ports::AuditEntry>> AuditReader::read(const std::string& stream, std::int64_t after_seq,
                                                         int most) {
  const RunningClock clock;
  Scope scope(*connection_, clock);
  return SqlAuditStore(scope).read(stream, after_seq, most);
}

}  // namespace casebridge::storage
