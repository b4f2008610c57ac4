// One use case, one transaction.
#include "core/storage/sql_store.hpp"

#include <algorithm>
#include <random>
#include <thread>

#include "core/storage/fields.hpp"
#include "core/storage/transaction.hpp"

namespace casebridge::storage {
namespace {

constexpr int attempts_max = 20;
constexpr std::chrono::milliseconds wait_max{10'000};

// Those who met once should not meet again at once: 0 to 2, 4, 8 ... 64 ms.
void wait_a_little(int attempt) {
  thread_local std::minstd_rand random{std::random_device{}()};
  std::uniform_int_distribution<int> wait_ms(0, 1 << std::min(attempt, 6));
  std::this_thread::sleep_for(std::chrono::milliseconds(wait_ms(random)));
}

}  // namespace

SqlStore::SqlStore(const Target& target, int connections_max, std::int64_t migrations, const Clock& clock,
                   Log log)
    : engine_(target.engine),
      migrations_(migrations),
      clock_(clock),
      log_(std::move(log)),
      writers_(std::make_unique<Pool>(target, Access::write, engine_ == Engine::sqlite ? 1 : connections_max,
                                      wait_max)),
      own_readers_(engine_ == Engine::sqlite
                       ? std::make_unique<Pool>(target, Access::read, connections_max - 1, wait_max)
                       : nullptr),
      readers_(own_readers_ ? *own_readers_ : *writers_) {}

Result<void> SqlStore::write(const Work& work) { return repeat(*writers_, Access::write, work); }

Result<void> SqlStore::read(const Work& work) { return repeat(readers_, Access::read, work); }

Result<void> SqlStore::glance(const Work& work) {
  for (int number = 1;; ++number) {
    Attempt made = look(work);
    if (!made.again || number == attempts_max) return std::move(made.outcome);
    wait_a_little(number);
  }
}

SqlStore::Attempt SqlStore::look(const Work& work) {
  auto lease = readers_.take();
  if (!lease) return {std::move(lease).error(), false};
  Connection& connection = **lease;
  connection.forget_failure();
  OpenTransaction single(connection, clock_);
  Result<void> outcome = work(single);
  if (!connection.failure()) return {std::move(outcome), false};
  // There is nothing to roll back, and no telling what is still open in there.
  connection.give_up();
  return failed(readers_, connection, true);
}

Result<void> SqlStore::check() {
  CASEBRIDGE_TRY(auto connection, readers_.take());
  static const std::string sql = "SELECT number FROM schema_migration";
  CASEBRIDGE_CHECK(connection->begin(Access::read));
  const auto numbers = select_column<std::int64_t>(*connection, sql, {});
  connection->rollback();
  if (!numbers) return numbers.error();
  if (static_cast<std::int64_t>(numbers->size()) != migrations_) {
    return trouble(TroubleCode::dependency_failed, "storage: the schema is of another version");
  }
  return {};
}

// Erased rows are overwritten (secure_delete), but the write-ahead log may hold pages from before. Readers
// that need it are waited for, up to the busy timeout; whoever erased asks again later.
Result<void> SqlStore::scrub() {
  if (engine_ != Engine::sqlite) return {};
  CASEBRIDGE_TRY(auto connection, writers_->take());
  static const std::string sql = "PRAGMA wal_checkpoint(TRUNCATE)";
  std::int64_t busy = 1, pages = 0, moved = 0;
  connection->forget_failure();
  const auto done = connection->select(sql, {}, {Kind::number, Kind::number, Kind::number}, [&](Row& cells) {
    cells.read(busy);
    cells.read(pages);
    cells.read(moved);
  });
  if (!done) return failed(*writers_, *connection, false).outcome;
  return busy == 0 ? Result<void>() : trouble(TroubleCode::dependency_failed, "storage: the log is in use");
}

Result<void> SqlStore::repeat(Pool& pool, Access access, const Work& work) {
  for (int number = 1;; ++number) {
    Attempt made = attempt(pool, access, work);
    if (!made.again || number == attempts_max) return std::move(made.outcome);
    wait_a_little(number);
  }
}

SqlStore::Attempt SqlStore::attempt(Pool& pool, Access access, const Work& work) {
  auto lease = pool.take();
  if (!lease) return {std::move(lease).error(), false};
  Connection& connection = **lease;
  if (!connection.begin(access)) return failed(pool, connection, true);
  OpenTransaction transaction(connection, clock_);
  Result<void> outcome;
  try {
    outcome = work(transaction);
  } catch (...) {
    connection.rollback();
    throw;
  }
  // Also when the work took no notice: a transaction with a failed statement in it must not be committed.
  if (connection.failure()) {
    connection.rollback();
    return failed(pool, connection, true);
  }
  if (!outcome || access == Access::read) {
    connection.rollback();
    return {std::move(outcome), false};
  }
  if (connection.commit()) return {};
  // A connection lost while it commits leaves open whether it did; running the work again could do it twice.
  const bool known_undone = connection.failure()->kind == FailureKind::conflict;
  connection.rollback();
  return failed(pool, connection, known_undone);
}

SqlStore::Attempt SqlStore::failed(Pool& pool, Connection& connection, bool may_repeat) {
  const Failure failure = *connection.failure();
  if (failure.kind == FailureKind::lost) pool.close_idle();
  const bool again = may_repeat && failure.kind != FailureKind::other;
  log_.write(again ? LogLevel::debug : LogLevel::error, "storage.failed",
             {{"engine", name_of(engine_)},
              {"category", std::string_view(failure.category)},
              {"code", std::string_view(failure.code)},
              {"again", again}});
  return {trouble_of(failure, engine_), again};
}

}  // namespace casebridge::storage
