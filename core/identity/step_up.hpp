// Step-up: whether a session has lately shown the strongest factor its account has.
#pragma once

#include <chrono>

#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/model/caller.hpp"
#include "core/ports/store_factors.hpp"

namespace casebridge::identity {

constexpr std::chrono::minutes step_up_age_default{20};

// What the account has now decides, not what it had when the session began. step_up_required, with the kind
// of flow that helps.
Result<void> check_step_up(ports::FactorStore& factors, const model::Caller& caller, Instant now,
                           std::chrono::seconds age);

}  // namespace casebridge::identity
