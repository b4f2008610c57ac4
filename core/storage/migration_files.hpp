// MigrationFile: one numbered file of schema changes, taken apart into statements.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/storage/target.hpp"

namespace casebridge::storage {

struct MigrationFile {
  std::int64_t number = 0;              // 1, 2, 3 ...
  std::string name;                     // accounts
  std::string checksum;                 // hex SHA-256 of the file
  std::vector<std::string> statements;  // for the engine asked for, without comments
};

// All of NNNN_name.sql in the folder, by number. dependency_failed when the folder cannot be read, a number
// is missing or given twice, or a name does not fit.
Result<std::vector<MigrationFile>> read_migrations(const std::filesystem::path& folder, Engine engine);

// Statements end with ';'. A line "-- engine: NAME" keeps the next statement for that engine. Quotes are
// known, dollar quotes and nested comments are not.
std::vector<std::string> statements_of(const std::string& sql, Engine engine);

}  // namespace casebridge::storage
