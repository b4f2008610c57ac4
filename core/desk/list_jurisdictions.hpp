// ListJurisdictions: the states that can be linked, found by name, USPS code, id or alias. Public.
#pragma once

#include <vector>

#include "core/desk/desk.hpp"

namespace casebridge::desk {

// The pointers live as long as the gateway.
struct JurisdictionView {
  const ports::JurisdictionInfo* info = nullptr;
  std::vector<const ports::SystemInfo*> systems;
};

// All for an empty `q`; otherwise those with a name or alias that contains it, or an id or USPS code that is
// it.
std::vector<JurisdictionView> list_jurisdictions(const Desk&, std::string_view q);

}  // namespace casebridge::desk
