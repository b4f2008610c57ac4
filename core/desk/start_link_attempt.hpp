// StartLinkAttempt: opens an attempt to link (or repair) and shows the system's own sign-in form. Calls no
// state.
#pragma once

#include "core/desk/attempt_view.hpp"
#include "core/desk/desk.hpp"
#include "core/model/caller.hpp"

namespace casebridge::desk {

struct StartLinkAttempt {
  std::string system;              // required for create; of a repair it may be left empty
  std::string custody;             // session_only or vaulted; the parent's own choice
  std::optional<LinkId> repair{};  // set: repair this link, which keeps its id and its records
  bool enrol = false;              // open an account at the state first; custody may be left empty
};

// system_unknown, invalid_field(system|custody|mode), not_found(link), source_unavailable (its adapter was
// refused).
Result<AttemptView> start_link_attempt(const Desk&, const model::Caller&, const StartLinkAttempt&);

}  // namespace casebridge::desk
