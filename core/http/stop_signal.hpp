// StopSignal: tells every connection of a server to finish (drain) or to give up at once (abort).
#pragma once

#include <atomic>

namespace casebridge::http {

// Any thread. The descriptors become readable and stay so; nobody reads them.
class StopSignal {
 public:
  StopSignal();  // throws std::runtime_error when the machine has no descriptor left
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  void drain() noexcept;
  void abort() noexcept;
  bool draining() const noexcept { return draining_.load(); }
  int drain_descriptor() const noexcept { return drain_; }
  int abort_descriptor() const noexcept { return abort_; }

 private:
  std::atomic<bool> draining_{false};
  int drain_ = -1;
  int abort_ = -1;
};

}  // namespace casebridge::http
