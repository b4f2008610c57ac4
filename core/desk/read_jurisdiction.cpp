// Reads one jurisdiction by its exact id.
#include "core/desk/read_jurisdiction.hpp"

namespace casebridge::desk {

Result<JurisdictionView> read_jurisdiction(const Desk& desk, const std::string& id) {
  for (const JurisdictionView& view : list_jurisdictions(desk)) {
    if (view.info->id == id) return view;
  }
  return trouble(TroubleCode::not_found, "jurisdiction");
}

}  // namespace casebridge::desk
