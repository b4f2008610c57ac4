// OpenCalls: the calls of one adapter that are going on. Services ask here first, by address, which
// CallPlaces gives out once: a stale call is never looked into, nor taken for another.
#pragma once

#include <map>
#include <mutex>
#include <optional>

#include "core/base/deadline.hpp"
#include "core/ports/state_adapter.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"

namespace casebridge::switchboard {

struct CallFacts {
  Deadline deadline;
  std::optional<ports::AssertedPerson> person{};
};

// Any thread.
class OpenCalls {
 public:
  void begin(const casebridge_call* call, CallFacts facts) {
    const std::scoped_lock lock(mutex_);
    open_.insert_or_assign(call, std::move(facts));
  }
  void end(const casebridge_call* call) {
    const std::scoped_lock lock(mutex_);
    open_.erase(call);
  }
  // From now on there are none.
  void close() {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
  }
  bool closed() const {
    const std::scoped_lock lock(mutex_);
    return closed_;
  }
  // nullopt for a call that is over.
  std::optional<CallFacts> find(const casebridge_call* call) const {
    const std::scoped_lock lock(mutex_);
    const auto found = open_.find(call);
    if (closed_ || found == open_.end()) return std::nullopt;
    return found->second;
  }

 private:
  mutable std::mutex mutex_;
  std::map<const casebridge_call*, CallFacts> open_;
  bool closed_ = false;
};

// What a host function answers when something unforeseen, such as no memory, happens in it.
template <class Body, class Value>
Value contained(Value otherwise, Body&& body) noexcept {
  try {
    return body();
  } catch (...) {
    return otherwise;
  }
}

}  // namespace casebridge::switchboard
