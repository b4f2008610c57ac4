// ListJurisdictions: every jurisdiction with its systems, whether it can be linked or not. Public.
#pragma once

#include <vector>

#include "core/desk/desk.hpp"

namespace casebridge::desk {

// The pointers live as long as the gateway.
struct JurisdictionView {
  const ports::JurisdictionInfo* info = nullptr;
  std::vector<const ports::SystemInfo*> systems;
};

// By name.
std::vector<JurisdictionView> list_jurisdictions(const Desk&);

}  // namespace casebridge::desk
