// A change of one value of the system's memory, done again when another gateway was faster.
#pragma once

#include "plugins/sdk/values.hpp"

namespace casebridge::georgia_batch {

inline constexpr int conflicts_max = 5;

// `change` reads and writes; it answers version_conflict when what it read is not there any more.
template <class Change>
auto after_conflicts(const Change& change) {
  auto done = change();
  for (int again = 1; again < conflicts_max && done.refused(); ++again) {
    if (done.refusal().reason != "version_conflict") break;
    done = change();
  }
  return done;
}

}  // namespace casebridge::georgia_batch
