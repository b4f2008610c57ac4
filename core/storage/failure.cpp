// Sorts errors by SQLSTATE (PostgreSQL, appendix A) and by SQLite's result codes.
#include "core/storage/failure.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace casebridge::storage {
namespace {

std::string category_name(soci::soci_error::error_category category) {
  using Error = soci::soci_error;
  switch (category) {
    case Error::connection_error: return "connection";
    case Error::invalid_statement: return "invalid_statement";
    case Error::no_privilege: return "no_privilege";
    case Error::no_data: return "no_data";
    case Error::constraint_violation: return "constraint";
    case Error::unknown_transaction_state: return "transaction_state";
    case Error::system_error: return "system";
    case Error::unknown: return "unknown";
  }
  return "unknown";
}

// A unique violation can only come from another transaction that was not seen yet, since every insert says
// what to do about rows that are there: run again, the work will see it.
FailureKind kind_of_state(const std::string& state) {
  if (state == "40001" || state == "40P01" || state == "23505") return FailureKind::conflict;
  if (state.starts_with("08") || state.starts_with("57P")) return FailureKind::lost;
  return FailureKind::other;
}

std::string category_of_result(int result) {
  switch (result) {
    case SQLITE_BUSY: return "busy";
    case SQLITE_LOCKED: return "busy";
    case SQLITE_READONLY: return "read_only";
    case SQLITE_IOERR: return "system";
    case SQLITE_CORRUPT: return "corrupt";
    case SQLITE_FULL: return "full";
    case SQLITE_CANTOPEN: return "cannot_open";
    case SQLITE_CONSTRAINT: return "constraint";
    case SQLITE_NOTADB: return "not_a_database";
    default: return "unknown";
  }
}

}  // namespace

Failure failure_of(const soci::soci_error& error) {
  if (const auto* postgres = dynamic_cast<const soci::postgresql_soci_error*>(&error)) {
    const std::string state = postgres->sqlstate();
    return {kind_of_state(state), category_name(error.get_error_category()), state};
  }
  if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error)) {
    return {FailureKind::other, category_of_result(sqlite->result()), std::to_string(sqlite->result())};
  }
  return {FailureKind::other, category_name(error.get_error_category()), {}};
}

Trouble trouble_of(const Failure& failure, Engine engine) {
  std::string detail = "storage: " + failure.category;
  if (!failure.code.empty()) {
    detail += engine == Engine::sqlite ? ", sqlite result " : ", SQLSTATE ";
    detail += failure.code;
  }
  return trouble(TroubleCode::dependency_failed, std::move(detail));
}

}  // namespace casebridge::storage
