// CancelLinkAttempt: ends an attempt and wipes what was kept for it. Cancelling an ended attempt changes
// nothing.
#pragma once

#include "core/desk/attempt_view.hpp"
#include "core/desk/desk.hpp"
#include "core/model/caller.hpp"

namespace casebridge::desk {

// not_found. A sign-in that is under way is not waited for; if it succeeds, its session is ended at the
// state.
Result<AttemptView> cancel_link_attempt(const Desk&, const model::Caller&, const LinkAttemptId&);

}  // namespace casebridge::desk
