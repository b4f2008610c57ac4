// StreamPlaces: how many event streams are open, in all and for each account.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/base/result.hpp"

namespace casebridge::http {

struct StreamSetting {
  int all_max = 128;    // parked like other connections, but looked after twice a second
  int account_max = 4;  // a few windows of one parent
  std::chrono::milliseconds look_ms{500};
  std::chrono::milliseconds heartbeat_ms{15'000};  // so that nobody between takes it for dead
  std::chrono::milliseconds life_ms{5 * 60'000};   // then the client comes back, and the gate looks again
};

// Any thread; outlives the places it gave.
class StreamPlaces {
 public:
  explicit StreamPlaces(StreamSetting setting) : setting_(setting) {}

  // Given back with the last copy.
  using Place = std::shared_ptr<const void>;
  // rate_limited: this account has enough of them. overloaded: all are taken.
  Result<Place> take(const std::string& account);
  const StreamSetting& setting() const { return setting_; }
  int open() const;

 private:
  void give_back(const std::string& account);

  const StreamSetting setting_;
  mutable std::mutex mutex_;
  int open_ = 0;
  std::map<std::string, int> by_account_;
};

}  // namespace casebridge::http
