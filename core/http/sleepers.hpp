// Sleepers: connections that wait for a moment as well as for their client; whoever comes first takes them.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace casebridge::http {

// Any thread. A sleeper belongs to whoever woke it, once: an event of its socket and its time may come
// together, and only one of them finds it.
template <class Guest>
class Sleepers {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  void lie_down(Guest* guest, TimePoint until) {
    const std::lock_guard lock(mutex_);
    by_time_.emplace(until, guest);
    until_.insert_or_assign(guest, until);
  }
  // False: it is not here, or not any more. `guest` is not looked at.
  bool wake(Guest* guest) {
    const std::lock_guard lock(mutex_);
    const auto found = until_.find(guest);
    if (found == until_.end()) return false;
    const auto [first, last] = by_time_.equal_range(found->second);
    for (auto one = first; one != last; ++one) {
      if (one->second != guest) continue;
      by_time_.erase(one);
      break;
    }
    until_.erase(found);
    return true;
  }
  // Those whose time has come.
  std::vector<Guest*> wake_until(TimePoint now) {
    std::vector<Guest*> woken;
    const std::lock_guard lock(mutex_);
    const auto end = by_time_.upper_bound(now);
    for (auto one = by_time_.begin(); one != end; ++one) {
      woken.push_back(one->second);
      until_.erase(one->second);
    }
    by_time_.erase(by_time_.begin(), end);
    return woken;
  }
  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return until_.size();
  }

 private:
  mutable std::mutex mutex_;
  std::multimap<TimePoint, Guest*> by_time_;
  std::unordered_map<const Guest*, TimePoint> until_;
};

}  // namespace casebridge::http
