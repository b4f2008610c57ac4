// ConfirmCaller: whether the caller's session may do what needs a fresh proof of the strongest factor.
#pragma once

#include <chrono>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/desk/identify_caller.hpp"
#include "core/identity/operator_policy.hpp"
#include "core/identity/step_up.hpp"
#include "core/ports/store.hpp"

namespace casebridge::desk {

class ConfirmCaller {
 public:
  ConfirmCaller(ports::Store& store, const Clock& clock,
                std::chrono::seconds age = identity::step_up_age_default,
                std::chrono::seconds operator_age = identity::OperatorPolicy{}.step_up_age)
      : store_(store), clock_(clock), age_(age), operator_age_(operator_age) {}
  // Any thread. step_up_required with the remedy `step_up`, the kind of flow that helps; dependency_failed.
  Result<void> run(const Identified& who) const;

 private:
  ports::Store& store_;
  const Clock& clock_;
  std::chrono::seconds age_, operator_age_;
};

}  // namespace casebridge::desk
