// Clock: where time comes from. Only TLS reads the machine's clock without asking here.
#pragma once

#include <atomic>
#include <chrono>

#include "core/base/instant.hpp"

namespace casebridge {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

// Any thread. Real time, shifted by a constant: zero in production, the scenario's start in a sandbox.
class RunningClock final : public Clock {
 public:
  RunningClock() = default;
  explicit RunningClock(Instant starts_at);
  Instant now() const override;

 private:
  std::chrono::seconds shift_{0};
};

// Any thread. Stands still until it is moved; for tests.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant starts_at) : seconds_(starts_at.time_since_epoch().count()) {}
  Instant now() const override { return Instant{std::chrono::seconds{seconds_.load()}}; }
  void advance(std::chrono::seconds by) { seconds_ += by.count(); }
  void set(Instant to) { seconds_ = to.time_since_epoch().count(); }

 private:
  std::atomic<std::chrono::seconds::rep> seconds_;
};

}  // namespace casebridge
