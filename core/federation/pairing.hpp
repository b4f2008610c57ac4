// Pairing: which two cases of one parent, in two states, are about the same family and the same debt.
// Evidence are the states' own references to each other's case (45 CFR 303.7). Pure functions.
#pragma once

#include <span>
#include <vector>

#include "core/federation/case_facts.hpp"

namespace casebridge::federation {

enum class PairState {
  confirmed,  // each state names the other's case
  probable,   // one names the other's case, the other names none: the parent has to say so
  conflict,   // one names the other's case, which names a different one: never combined
};
std::string_view name_of(PairState state);

struct CasePair {
  std::size_t initiating = 0,
              responding = 0;  // places in the list; in order of the list when roles are not known
  bool roles_known = false;
  PairState state = PairState::probable;
};

// A case with a safety level is in no pair, so that nothing of one state is told through the other.
// References for limited services or direct withholding, and cases to locate somebody only, make no pair. A
// case is in one confirmed pair at most; where two claim it, all of them are conflicts.
std::vector<CasePair> find_pairs(std::span<const CaseFacts> cases);

}  // namespace casebridge::federation
