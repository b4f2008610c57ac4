// Deadline: a point of real time after which nobody waits, and a flag with which a caller gives up.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>

namespace casebridge {

class Deadline {
 public:
  using SteadyClock = std::chrono::steady_clock;
  explicit Deadline(std::chrono::milliseconds from_now)
      : at_(SteadyClock::now() + from_now), cancelled_(std::make_shared<std::atomic<bool>>(false)) {}

  SteadyClock::time_point at() const { return at_; }
  std::chrono::milliseconds left() const {
    const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(at_ - SteadyClock::now());
    return rest.count() < 0 ? std::chrono::milliseconds{0} : rest;
  }
  bool passed() const { return SteadyClock::now() >= at_; }
  // Copies share the flag: cancelling one cancels all.
  void cancel() const { cancelled_->store(true); }
  bool cancelled() const { return cancelled_->load(); }
  bool over() const { return cancelled() || passed(); }

 private:
  SteadyClock::time_point at_;
  std::shared_ptr<std::atomic<bool>> cancelled_;
};

}  // namespace casebridge
