// AuditReader: looks at the audit log of a database without a gateway, and without changing anything.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/ports/store_audit.hpp"

namespace casebridge::storage {

class Connection;

// One thread at a time.
class AuditReader {
 public:
  // The words of DatabaseOptions. dependency_failed when there is no such database.
  static Result<std::unique_ptr<AuditReader>> open(const std::string& url,
                                                   const std::filesystem::path& password_file);
  ~AuditReader();
  Result<std::vector<std::string>> streams();
  Result<std::vector<ports::AuditEntry>> read(const std::string& stream, std::int64_t after_seq, int most);

 private:
  explicit AuditReader(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> connection_;
};

}  // namespace casebridge::storage
