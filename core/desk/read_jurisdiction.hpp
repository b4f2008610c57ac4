// ReadJurisdiction: one state with its systems, their forms and operations. Public.
#pragma once

#include "core/desk/desk.hpp"
#include "core/desk/list_jurisdictions.hpp"

namespace casebridge::desk {

// not_found.
Result<JurisdictionView> read_jurisdiction(const Desk&, const std::string& id);

}  // namespace casebridge::desk
