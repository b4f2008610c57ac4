// ConnectionCount: how many connections are open, with an upper bound; the last one out wakes who waits.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace casebridge::http {

// Any thread.
class ConnectionCount {
 public:
  explicit ConnectionCount(int most) : most_(most) {}

  // One place, given back at its end. `granted()` is false when all were taken.
  class Place {
   public:
    explicit Place(ConnectionCount& count) : count_(count), granted_(count.enter()) {}
    ~Place() { count_.leave(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    bool granted() const { return granted_; }

   private:
    ConnectionCount& count_;
    bool granted_;
  };

  int open() const {
    const std::lock_guard lock(mutex_);
    return open_;
  }
  bool wait_until_none(std::chrono::milliseconds at_most) {
    std::unique_lock lock(mutex_);
    return none_.wait_for(lock, at_most, [this] { return open_ == 0; });
  }

 private:
  bool enter() {
    const std::lock_guard lock(mutex_);
    return ++open_ <= most_;
  }
  void leave() {
    const std::lock_guard lock(mutex_);
    if (--open_ == 0) none_.notify_all();
  }

  mutable std::mutex mutex_;
  std::condition_variable none_;
  int open_ = 0;
  const int most_;
};

}  // namespace casebridge::http
