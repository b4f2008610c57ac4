// ConfirmCaller: whether the caller's session may do what needs a fresh proof of the strongest factor.
#pragma once

#include <chrono>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/identity/step_up.hpp"
#include "core/model/caller.hpp"
#include "core/ports/store.hpp"

namespace casebridge::desk {

class ConfirmCaller {
 public:
  ConfirmCaller(ports::Store& store, const Clock& clock,
                std::chrono::seconds age = identity::step_up_age_default)
      : store_(store), clock_(clock), age_(age) {}
  // Any thread. step_up_required with the remedy `step_up`, the kind of flow that helps; dependency_failed.
  Result<void> run(const model::Caller& caller) const;

 private:
  ports::Store& store_;
  const Clock& clock_;
  std::chrono::seconds age_;
};

}  // namespace casebridge::desk
