// The life of a link as one table: from which state what moves it where, and who owns the next step.
// Only a parent's act, a confirmed answer of the state or a revocation moves a link; syncs and outages never
// do.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/base/trouble.hpp"

namespace casebridge::federation {

enum class LinkState { pending_user, verifying, active, action_required, revoked, closed };
enum class LinkTrigger {
  challenge_issued,  // the state wants another answer
  answers_accepted,  // nothing more to answer
  identity_matched,  // the person is who the account says, and not linked elsewhere
  identity_mismatched,
  credential_failed,  // confirmed by the state, not a passing trouble
  repaired,           // signed in again as the same person
  revoked,            // by the parent, the state or an operator
  purged              // what was stored is gone and the state's session ended
};

struct LinkStateRow {
  LinkState state;
  std::string_view name;
  Actor next_step;          // nobody: there is none
  std::string_view remedy;  // what that one can do; empty when nothing is to be done
  bool live;                // belongs to the account's list
  bool reads_allowed;       // stored records may be shown
};
struct LinkMove {
  LinkState from;
  LinkTrigger trigger;
  LinkState to;
};

std::span<const LinkStateRow> link_states();
std::span<const LinkMove> link_moves();
const LinkStateRow& row_of(LinkState state);
std::string_view name_of(LinkState state);
std::optional<LinkState> link_state_of(std::string_view name);
// nullopt: the trigger means nothing in this state.
std::optional<LinkState> next(LinkState from, LinkTrigger trigger);

}  // namespace casebridge::federation
