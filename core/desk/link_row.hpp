// The stored link as it is shown.
#pragma once

#include "core/desk/desk.hpp"
#include "core/desk/link_view.hpp"
#include "core/federation/link_state.hpp"

namespace casebridge::desk {

// Closed and revoked links are not shown any more.
bool is_gone(const ports::Link& link);
// Moves the link along federation's table, in memory only. internal when the table knows no such move.
Result<void> move_link(ports::Link& link, federation::LinkTrigger trigger, Instant now);
// Whether the owner's refresh can sign in by itself: a stored credential, and never a second step so far.
Result<bool> may_sign_in_again(ports::Transaction& tx, const ports::Link& link);
// `states` may hold those of other links too.
Result<LinkView> view_of(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                         const std::vector<ports::DatasetState>& states);
// What the owner is told who reads through a link that needs repair.
Trouble action_required(const ports::Link& link);

}  // namespace casebridge::desk
