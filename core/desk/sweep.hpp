// Sweep: the regular clean-up of what has run out: attempts and answers kept for repeated requests.
#pragma once

#include "core/base/result.hpp"
#include "core/desk/desk.hpp"

namespace casebridge::desk {

struct Swept {
  int attempts = 0;
  int stored_answers = 0;
};
Result<Swept> sweep(const Desk&);

}  // namespace casebridge::desk
