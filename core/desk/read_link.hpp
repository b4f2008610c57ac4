// ReadLink: one link of the caller.
#pragma once

#include "core/desk/desk.hpp"
#include "core/desk/link_view.hpp"
#include "core/model/caller.hpp"

namespace casebridge::desk {

// not_found for links of others and closed ones.
Result<LinkView> read_link(const Desk&, const model::Caller&, const LinkId&);

}  // namespace casebridge::desk
