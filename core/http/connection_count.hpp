// ConnectionCount: how many connections of one listener are open; the last one out wakes who waits.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace casebridge::http {

// Any thread.
class ConnectionCount {
 public:
  // One connection, given back at its end.
  class Place {
   public:
    explicit Place(ConnectionCount& count) : count_(count), number_(count.enter()) {}
    ~Place() { count_.leave(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
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
};

}  // namespace casebridge::http
