// Applies migration files to a database.
#pragma once

#include <vector>

#include "core/base/result.hpp"
#include "core/storage/connection.hpp"
#include "core/storage/migration_files.hpp"

namespace casebridge::storage {

// Answers how many were applied. One transaction for all of them; others that try at the same time wait.
// invalid_field when an applied file has changed since, or the database knows more than the files: trying
// again does not help, another program or another database does.
Result<int> migrate(const Target& target, const std::vector<MigrationFile>& files);
// Changes nothing: invalid_field also when one of the files was not applied yet.
Result<void> check_schema(const Target& target, const std::vector<MigrationFile>& files);

}  // namespace casebridge::storage
