// The way into storage: opens a database on either engine, brings its schema up to date, answers a Store.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/clock.hpp"
#include "core/base/log.hpp"
#include "core/base/result.hpp"
#include "core/ports/store.hpp"

namespace casebridge::storage {

struct DatabaseOptions {
  // sqlite:PATH, or what libpq understands: postgresql://... or host=... dbname=...
  std::string url;
  std::filesystem::path migrations;  // folder with NNNN_name.sql
  int connections_max = 8;           // of this Store; on SQLite one of them writes
  std::filesystem::path
      password_file{};  // PostgreSQL's, when its password is neither in `url` nor with libpq
  bool migrate = true;  // false: takes a database only as this release's gateway has left it, and makes none
};

// Creates the database file (mode 0600) if there is none, applies what is missing and opens the pool.
// dependency_failed when the database cannot be reached, invalid_field when it is newer than `migrations` or
// an applied one has changed since, or is older and must not be changed; details hold codes, no values.
// `clock` must outlive the store. Work that writes must not open a second write on the same store: on SQLite
// there is one writer, so it would wait for itself until it is told `overloaded`.
Result<std::unique_ptr<ports::Store>> open_database(const DatabaseOptions& options, const Clock& clock,
                                                    const Log& log);

// Applies what is missing; answers how many files were applied. Several processes may call it at once.
Result<int> migrate(const DatabaseOptions& options);

}  // namespace casebridge::storage
