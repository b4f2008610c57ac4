// Lends connections.
#include "core/storage/pool.hpp"

#include <algorithm>

namespace casebridge::storage {

Pool::Pool(Target target, Access access, int connections_max, std::chrono::milliseconds wait_max)
    : target_(std::move(target)),
      access_(access),
      wait_max_(wait_max),
      places_left_(std::max(1, connections_max)) {}

Result<Pool::Lease> Pool::take() {
  {
    std::unique_lock lock(mutex_);
    const bool free = freed_.wait_for(lock, wait_max_, [this] { return !idle_.empty() || places_left_ > 0; });
    if (!free) return trouble(TroubleCode::overloaded, "storage: every connection is in use");
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return Lease(*this, std::move(connection));
    }
    --places_left_;
  }
  auto opened = Connection::open(target_, access_);
  if (!opened) {
    give_back(nullptr);
    return std::move(opened).error();
  }
  return Lease(*this, std::move(opened).value());
}

void Pool::close_idle() {
  std::vector<std::unique_ptr<Connection>> closing;
  {
    const std::scoped_lock lock(mutex_);
    closing.swap(idle_);
    places_left_ += static_cast<int>(closing.size());
  }
  freed_.notify_all();
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  if (connection && !connection->usable()) connection.reset();  // closed outside the lock
  {
    const std::scoped_lock lock(mutex_);
    if (connection)
      idle_.push_back(std::move(connection));
    else
      ++places_left_;
  }
  freed_.notify_one();
}

}  // namespace casebridge::storage
