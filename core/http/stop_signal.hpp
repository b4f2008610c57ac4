// StopSignal: tells every connection of a server to finish.
#pragma once

#include <atomic>

namespace casebridge::http {

// Any thread.
class StopSignal {
 public:
  void drain() noexcept { draining_ = true; }
  bool draining() const noexcept { return draining_.load(); }

 private:
  std::atomic<bool> draining_{false};
};

}  // namespace casebridge::http
