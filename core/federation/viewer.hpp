// Viewer: from which place in a case somebody looks at it. Decides, with the record, what may be seen.
#pragma once

#include "core/model/records.hpp"

namespace casebridge::federation {

struct Viewer {
  model::Role role = model::Role::unknown;  // on this case
  model::SafetyLevel safety = model::SafetyLevel::none;

  bool receives_support() const {
    return role == model::Role::custodial_party || role == model::Role::caretaker_other;
  }
  bool owes_support() const {
    return role == model::Role::noncustodial_parent || role == model::Role::putative_father;
  }
  bool guarded() const { return safety > model::SafetyLevel::none; }
  // Nothing but money may be told.
  bool money_only() const { return safety >= model::SafetyLevel::payments_only; }
  // The case looks as if it were not there.
  bool blocked() const { return safety >= model::SafetyLevel::case_blocked; }
  friend bool operator==(const Viewer&, const Viewer&) = default;
};

// `policy` is the state's own level. Of two levels the strictest wins, with one exception: a policy up to
// redact_location is what the state itself applies before it answers, so a case that carries no level of its
// own came redacted already, and hiding more would tell flagged cases from others.
Viewer viewer_of(const model::Case& seen, model::SafetyLevel policy);

}  // namespace casebridge::federation
