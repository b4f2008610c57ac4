// Pool: a bounded number of connections, opened when first needed and kept.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "core/storage/connection.hpp"

namespace casebridge::storage {

// Any thread. Outlives its leases.
class Pool {
 public:
  class Lease {
   public:
    Lease(Pool& pool, std::unique_ptr<Connection> connection)
        : pool_(&pool), connection_(std::move(connection)) {}
    Lease(Lease&& other) noexcept : pool_(other.pool_), connection_(std::move(other.connection_)) {
      other.pool_ = nullptr;
    }
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (pool_ != nullptr) pool_->give_back(std::move(connection_));
    }
    Connection& operator*() { return *connection_; }
    Connection* operator->() { return connection_.get(); }

   private:
    Pool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  Pool(Target target, Access access, int connections_max, std::chrono::milliseconds wait_max);

  // overloaded when none came free in time; dependency_failed when a new one cannot be opened.
  Result<Lease> take();
  // Closes what nobody uses: after one connection was lost the others are likely gone too.
  void close_idle();

 private:
  void give_back(std::unique_ptr<Connection> connection);

  const Target target_;
  const Access access_;
  const std::chrono::milliseconds wait_max_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Connection>> idle_;
  int places_left_;  // connections that may still be opened
};

}  // namespace casebridge::storage
