// CircuitBreaker: stops asking a system that does not answer, and tries again with one call after a rest.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>

#include "core/ports/systems.hpp"

namespace casebridge::switchboard {

struct BreakerRules {
  int failures_max = 5;  // in a row, within `window`
  std::chrono::milliseconds window{60'000};
  std::chrono::milliseconds rest{30'000};
};

// Any thread. Time is the machine's steady one: a turned clock must not hold a breaker open.
class CircuitBreaker {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  explicit CircuitBreaker(BreakerRules rules) : rules_(rules) {}

  // nullopt: go on, and report the end with done(). Else how long to wait.
  std::optional<std::chrono::milliseconds> enter(Moment now);
  // `answered`: the system gave an answer, good or bad. Only silence and broken connections count against it.
  void done(bool answered, Moment now);
  ports::Breaker state(Moment now) const;

 private:
  const BreakerRules rules_;
  mutable std::mutex mutex_;
  int failures_ = 0;
  Moment first_failure_{};
  std::optional<Moment> opened_{};
  bool probing_ = false;
};

}  // namespace casebridge::switchboard
