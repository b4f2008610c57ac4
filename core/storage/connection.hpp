// Connection: one session with a database, its prepared statements, and how its transaction fares.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/result.hpp"
#include "core/storage/failure.hpp"
#include "core/storage/target.hpp"
#include "core/storage/value.hpp"

namespace casebridge::storage {

enum class Access { read, write, migrate };

// One thread at a time. After a statement failed every further one answers the same trouble until the
// transaction is rolled back: PostgreSQL would answer COMMIT of such a transaction with a silent rollback.
class Connection {
 public:
  // dependency_failed when the database cannot be reached. A file of SQLite must exist.
  static Result<std::unique_ptr<Connection>> open(const Target& target, Access access);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Result<void> begin(Access access);
  Result<void> commit();
  void rollback() noexcept;
  // For a statement without a transaction: what failed before it has nothing to do with it.
  void forget_failure() noexcept { failure_.reset(); }
  // The session will not be used again.
  void give_up() noexcept { usable_ = false; }

  // Answers how many rows were written. invalid_field when a text cannot be stored; that one leaves the
  // transaction usable.
  Result<std::int64_t> run(const std::string& sql, Values values = {});
  Result<void> select(const std::string& sql, Values values, const std::vector<Kind>& columns,
                      const std::function<void(Row&)>& each);
  // One statement that is not kept, without values: for schema changes.
  Result<void> run_once(const std::string& sql);

  const std::optional<Failure>& failure() const { return failure_; }
  // False when the session must not be used for another transaction.
  bool usable() const { return usable_; }
  Engine engine() const { return engine_; }

 private:
  struct Session;
  Connection(Engine engine, std::unique_ptr<Session> session);
  Result<std::int64_t> perform(const std::string& sql, Values& values, const std::vector<Kind>& columns,
                               const std::function<void(Row&)>& each);
  Trouble failed(Failure failure);

  Engine engine_;
  std::unique_ptr<Session> session_;
  std::optional<Failure> failure_;
  bool usable_ = true;
};

}  // namespace casebridge::storage
