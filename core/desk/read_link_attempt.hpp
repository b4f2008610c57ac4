// ReadLinkAttempt: an attempt as it stands; one that was left in the middle of a sign-in is put back to its
// form.
#pragma once

#include "core/desk/attempt_view.hpp"
#include "core/desk/desk.hpp"
#include "core/model/caller.hpp"

namespace casebridge::desk {

// not_found for attempts of others as well.
Result<AttemptView> read_link_attempt(const Desk&, const model::Caller&, const LinkAttemptId&);
// The open attempts of the caller, so that another device can go on with one.
Result<std::vector<AttemptView>> list_link_attempts(const Desk&, const model::Caller&);

}  // namespace casebridge::desk
