// Finds jurisdictions the way people write them.
#include "core/desk/list_jurisdictions.hpp"

#include "core/base/text.hpp"

namespace casebridge::desk {
namespace {

bool contains(const std::string& whole, const std::string& lower_part) {
  return text::lower_ascii(whole).find(lower_part) != std::string::npos;
}

bool fits(const ports::JurisdictionInfo& info, const std::string& lower_q) {
  if (lower_q.empty()) return true;
  if (text::lower_ascii(info.id) == lower_q || text::lower_ascii(info.usps) == lower_q) return true;
  if (contains(info.name, lower_q)) return true;
  for (const std::string& alias : info.aliases) {
    if (contains(alias, lower_q)) return true;
  }
  return false;
}

}  // namespace

std::vector<JurisdictionView> list_jurisdictions(const Desk& desk, std::string_view q) {
  const std::string lower_q = text::lower_ascii(text::trim(q));
  std::vector<JurisdictionView> found;
  for (const ports::JurisdictionInfo& info : desk.systems.jurisdictions()) {
    if (!fits(info, lower_q)) continue;
    JurisdictionView view{&info, {}};
    for (const std::string& id : info.systems) {
      if (const ports::SystemInfo* system = desk.systems.find(id)) view.systems.push_back(system);
    }
    found.push_back(std::move(view));
  }
  return found;
}

}  // namespace casebridge::desk
