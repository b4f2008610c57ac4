// ConnectionCount: how many connections are open, of one listener or of all, with an upper bound; the last
// one out wakes who waits.
#pragma once

#include <chrono>
#include <climits>
#include <condition_variable>
#include <mutex>

namespace casebridge::http {

// Any thread; outlives its places.
class ConnectionCount {
 public:
  explicit ConnectionCount(int most = INT_MAX) : most_(most) {}

  // Of one connection, given back at its end. Not granted: all were taken; it is one more all the same, until
  // it has been told.
  class Place {
   public:
    explicit Place(ConnectionCount& count) : count_(count), number_(count.enter()) {}
    ~Place() { count_.leave(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    bool granted() const { return number_ <= count_.most_; }
    // How many there were when it came, itself included.
    int number() const { return number_; }

   private:
    ConnectionCount& count_;
    const int number_;
  };

  int open() const {
    const std::lock_guard lock(mutex_);
    return open_;
  }
  // Whether there are more than these beyond those that are granted.
  bool exceeds_by(int more) const { return open() - most_ > more; }
  bool wait_until_none(std::chrono::milliseconds at_most) {
    std::unique_lock lock(mutex_);
    return none_.wait_for(lock, at_most, [this] { return open_ == 0; });
  }

 private:
  int enter() {
    const std::lock_guard lock(mutex_);
    return ++open_;
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
