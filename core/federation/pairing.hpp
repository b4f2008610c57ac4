// Pairing: which two cases of one parent are about the same debt: by two states' references to each other's
// case (45 CFR 303.7), or as one case that a state shows through two doors. Pure functions.
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

enum class PairKind {
  interstate,  // two states, two case numbers
  same_case,   // one state, one case number, two accounts of the parent
};
std::string_view name_of(PairKind kind);

struct CasePair {
  std::size_t initiating = 0,
              responding = 0;  // places in the list; in order of the list when roles are not known
  bool roles_known = false;
  PairState state = PairState::probable;
  PairKind kind = PairKind::interstate;
};

// A case with a safety level is in no pair, so that nothing of one state is told through the other.
// References for limited services or direct withholding, and cases to locate somebody only, make no pair. A
// case is in one confirmed pair at most; where two claim it, all of them are conflicts.
std::vector<CasePair> find_pairs(std::span<const CaseFacts> cases);

// The state of a pair once its orders are known: one case number under two cause numbers is a conflict.
PairState settled_state(std::span<const CaseFacts> cases, const CasePair& pair);

}  // namespace casebridge::federation
