// CallPool: the bounded threads of one system. Who waits too long goes on without the call; its thread is
// then missing until the call comes back, because a thread cannot be stopped from outside.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "core/base/deadline.hpp"

namespace casebridge::switchboard {

class CallPool {
 public:
  enum class Outcome {
    finished,
    abandoned,  // deadline and grace have passed, or the caller gave up; the work may still be running
    refused     // no thread became free in time: the work was not started and never will be
  };

  CallPool(int threads_max, std::chrono::milliseconds grace);
  // Waits a grace for running calls; those that hang on keep what they use alive through their `work`.
  ~CallPool();
  CallPool(const CallPool&) = delete;
  CallPool& operator=(const CallPool&) = delete;

  // Any thread. `work` must own everything it touches and must not throw.
  Outcome run(std::function<void()> work, const Deadline& deadline);
  // Threads that are in a call which nobody waits for any more.
  int stuck() const;

 private:
  struct State;
  static void serve(const std::shared_ptr<State>& state);
  std::shared_ptr<State> state_;
};

}  // namespace casebridge::switchboard
