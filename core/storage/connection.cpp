// Opens sessions and runs statements; the line that catches SOCI's errors is in here and nowhere else.
#include "core/storage/connection.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <filesystem>
#include <mutex>

#include "core/storage/statement.hpp"

namespace casebridge::storage {
namespace {

// Before the first session of this process: a connection is used by one thread at a time, so SQLite need not
// lock it at every call, nor count memory under a lock of all threads.
void set_up_sqlite() {
  static std::once_flag once;
  std::call_once(once, [] {
    sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  });
}

void prepare_sqlite(soci::session& sql, Access access) {
  sql << "PRAGMA busy_timeout = 5000";  // first: the others may meet a lock
  sql << "PRAGMA foreign_keys = ON";
  sql << "PRAGMA synchronous = FULL";  // with WAL, anything less may lose the last commits at a power cut
  sql << "PRAGMA secure_delete = ON";  // what is erased is overwritten
  sql << "PRAGMA trusted_schema = OFF";
  if (access == Access::read) {
    sql << "PRAGMA query_only = ON";
    return;
  }
  std::string mode;
  sql << "PRAGMA journal_mode = WAL", soci::into(mode);
  if (mode != "wal") throw soci::soci_error("no write-ahead log");
}

void prepare_postgresql(soci::session& sql) {
  sql << "SET client_min_messages TO error";  // libpq prints notices to standard error
  sql << "SET client_encoding TO 'UTF8'";
  sql << "SET statement_timeout TO '30s'";
  sql << "SET idle_in_transaction_session_timeout TO '60s'";
}

const char* begin_words(Engine engine, Access access) {
  if (engine == Engine::sqlite) return access == Access::read ? "BEGIN" : "BEGIN IMMEDIATE";
  switch (access) {
    case Access::read: return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    // The same guarantee that SQLite's single writer gives: as if one came after the other.
    case Access::write: return "BEGIN ISOLATION LEVEL SERIALIZABLE";
    // Must see what was committed while it waited for the lock.
    case Access::migrate: return "BEGIN ISOLATION LEVEL READ COMMITTED";
  }
  return "BEGIN";
}

}  // namespace

// The statements go before the session they belong to.
struct Connection::Session {
  soci::session sql;
  std::unordered_map<std::string, std::unique_ptr<Statement>> statements;
};

Connection::Connection(Engine engine, std::unique_ptr<Session> session)
    : engine_(engine), session_(std::move(session)) {}

Connection::~Connection() = default;

Result<std::unique_ptr<Connection>> Connection::open(const Target& target, Access access) {
  // SQLite would make an empty one.
  std::error_code ignored;
  if (target.engine == Engine::sqlite && !std::filesystem::exists(target.path, ignored))
    return trouble(TroubleCode::dependency_failed, "storage: there is no such database file");
  auto session = std::make_unique<Session>();
  try {
    if (target.engine == Engine::sqlite) {
      set_up_sqlite();
      session->sql.open(soci::sqlite3, target.connect);
      prepare_sqlite(session->sql, access);
    } else {
      session->sql.open(soci::postgresql, target.connect);
      prepare_postgresql(session->sql);
    }
  } catch (const soci::soci_error& error) {
    Failure failure = failure_of(error);
    if (failure.code.empty()) failure.category = "connection";
    return trouble_of(failure, target.engine);
  }
  return std::unique_ptr<Connection>(new Connection(target.engine, std::move(session)));
}

Result<void> Connection::begin(Access access) {
  failure_.reset();
  return run_once(begin_words(engine_, access));
}

Result<void> Connection::commit() {
  try {
    session_->sql.commit();
  } catch (const soci::soci_error& error) {
    return failed(failure_of(error));
  }
  return {};
}

void Connection::rollback() noexcept {
  try {
    session_->sql.rollback();
  } catch (const soci::soci_error&) {
    usable_ = false;  // nobody knows what is still open in there
  }
}

Result<void> Connection::run_once(const std::string& sql) {
  try {
    session_->sql.once << sql;
  } catch (const soci::soci_error& error) {
    return failed(failure_of(error));
  }
  return {};
}

Result<std::int64_t> Connection::run(const std::string& sql, Values values) {
  return perform(sql, values, {}, {});
}

Result<void> Connection::select(const std::string& sql, Values values, const std::vector<Kind>& columns,
                                const std::function<void(Row&)>& each) {
  auto done = perform(sql, values, columns, each);
  if (!done) return std::move(done).error();
  return {};
}

// Every statement is kept: their texts are constants of this room, so their number is bounded.
Result<std::int64_t> Connection::perform(const std::string& sql, Values& values,
                                         const std::vector<Kind>& columns,
                                         const std::function<void(Row&)>& each) {
  if (failure_) return trouble_of(*failure_, engine_);
  if (auto refusal = values.refusal()) return *std::move(refusal);
  try {
    std::unique_ptr<Statement>& kept = session_->statements[sql];
    if (!kept) kept = std::make_unique<Statement>(session_->sql, sql, values, columns);
    bool readable = true;
    const std::int64_t written = kept->run(values, each, readable);
    if (!readable) return failed({FailureKind::other, "unreadable_row", {}});
    return written;
  } catch (const soci::soci_error& error) {
    return failed(failure_of(error));
  }
}

Trouble Connection::failed(Failure failure) {
  if (failure.kind == FailureKind::lost) usable_ = false;
  failure_ = std::move(failure);
  return trouble_of(*failure_, engine_);
}

}  // namespace casebridge::storage
