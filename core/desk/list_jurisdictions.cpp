// Puts each jurisdiction together with its systems.
#include "core/desk/list_jurisdictions.hpp"

#include <algorithm>

namespace casebridge::desk {

std::vector<JurisdictionView> list_jurisdictions(const Desk& desk) {
  std::vector<JurisdictionView> all;
  for (const ports::JurisdictionInfo& info : desk.systems.jurisdictions()) {
    JurisdictionView view{&info, {}};
    for (const std::string& id : info.systems) {
      if (const ports::SystemInfo* system = desk.systems.find(id)) view.systems.push_back(system);
    }
    all.push_back(std::move(view));
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.info->name < b.info->name; });
  return all;
}

}  // namespace casebridge::desk
