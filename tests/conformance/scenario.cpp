// Looking things up in the scenario file.
#include "tests/conformance/scenario.hpp"
#include "tests/support/places.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <stdexcept>

namespace casebridge::conformance {

std::string scenario_path() {
  const char* const named = std::getenv("CASEBRIDGE_SCENARIO");
  return named != nullptr && *named != '\0' ? named
                                            : casebridge::tests::in_source("tests/scenarios/sample.json");
}

std::optional<json> Scenario::credential(const Condition& condition) const {
  for (const json& one : document_.at("credentials")) {
    if (one.at("system") != system_ || one.at("state") != "active") continue;
    if (one.at("kind") != credential_kind_) continue;
    if (cases_of(one.at("person").get<std::string>()).empty()) continue;
    if (!condition || condition(one)) return one;
  }
  return std::nullopt;
}

std::vector<json> Scenario::cases_of(const std::string& person) const {
  static const std::set<std::string> viewers{"custodial_party", "noncustodial_parent", "putative_father",
                                             "caretaker_other"};
  std::vector<json> found;
  for (const json& one : document_.at("cases")) {
    const json& systems = one.at("systems");
    if (std::find(systems.begin(), systems.end(), system_) == systems.end()) continue;
    for (const json& part : one.at("participants")) {
      if (part.at("person") != person || !viewers.contains(part.at("role").get<std::string>())) continue;
      found.push_back(one);
      break;
    }
  }
  return found;
}

json Scenario::person(const std::string& id) const {
  for (const json& one : document_.at("people"))
    if (one.at("id") == id) return one;
  throw std::runtime_error("the scenario names a person whom it does not have");
}

json Scenario::list(const json& one_case, const std::string& name) const {
  const json& views = one_case.at("views");
  if (views.contains(system_) && views.at(system_).contains(name)) return views.at(system_).at(name);
  return one_case.at(name);
}

json Scenario::participant(const json& one_case, const std::string& person) {
  for (const json& part : one_case.at("participants"))
    if (part.at("person") == person) return part;
  throw std::runtime_error("this person takes no part in the case");
}

}  // namespace casebridge::conformance
