// RateLimiter: a token bucket for each kind of request and each caller, in this process alone.
#pragma once

#include <array>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/http/route.hpp"

namespace casebridge::http {

struct Rate {
  double per_second = 0;  // 0: no limit
  double burst = 0;
};
// Coarse on purpose: what must not be guessed (passwords, codes) has limits of its own in the identity wing.
struct Rates {
  Rate read{500, 2'000};
  Rate write{20, 200};
  Rate flow{20, 200};
  Rate secret{20, 200};
};

// Any thread. The table is bounded: callers who come while it is full share one bucket. Time is the machine's
// steady clock: a turned sandbox clock must not open the gate.
class RateLimiter {
 public:
  explicit RateLimiter(Rates rates) : rates_(rates) {}
  // nullopt: go on. Otherwise how long until one request would be let through.
  std::optional<std::chrono::seconds> take(RateClass rate, std::string_view who);

 private:
  using TimePoint = std::chrono::steady_clock::time_point;
  struct Bucket {
    double tokens = 0;
    TimePoint at{};
  };
  const Rate& rate_of(RateClass rate) const;
  Bucket& bucket_of(RateClass rate, std::string_view who, TimePoint now);
  void forget_full(TimePoint now);

  Rates rates_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
  TimePoint forgotten_at_{};
};

}  // namespace casebridge::http
