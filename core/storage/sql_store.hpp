// SqlStore: opens transactions on pooled connections, commits, rolls back, and runs work again after a
// conflict.
#pragma once

#include <memory>

#include "core/base/clock.hpp"
#include "core/base/log.hpp"
#include "core/ports/store.hpp"
#include "core/storage/pool.hpp"

namespace casebridge::storage {

class SqlStore final : public ports::Store {
 public:
  // `migrations` is how many schema changes the database must have, for check().
  SqlStore(const Target& target, int connections_max, std::int64_t migrations, const Clock& clock, Log log);
  Result<void> write(const Work& work) override;
  Result<void> read(const Work& work) override;
  Result<void> glance(const Work& work) override;
  Result<void> scrub() override;
  Result<void> check() override;

 private:
  struct Attempt {
    Result<void> outcome{};
    bool again = false;
  };
  Result<void> repeat(Pool& pool, Access access, const Work& work);
  Attempt attempt(Pool& pool, Access access, const Work& work);
  Attempt look(const Work& work);
  Attempt failed(Pool& pool, Connection& connection, bool may_repeat);

  const Engine engine_;
  const std::int64_t migrations_;
  const Clock& clock_;
  const Log log_;
  std::unique_ptr<Pool> writers_;
  std::unique_ptr<Pool> own_readers_;  // SQLite only: it has one writer beside many readers
  Pool& readers_;
};

}  // namespace casebridge::storage
