// What Ohio must show: the facts that its interface document makes of a scenario, for one viewer of one case.
#pragma once

#include <string>
#include <vector>

#include "core/base/instant.hpp"
#include "core/model/dataset.hpp"
#include "tests/conformance/facts.hpp"
#include "tests/conformance/scenario.hpp"

namespace casebridge::conformance {

struct OhioView {
  const Scenario& scenario;
  json one_case;
  std::string viewer;
};

Facts expected_ohio_facts(const OhioView& view, model::Dataset dataset);

std::string ohio_role(const OhioView& view);
// Somebody else in the case is at risk, and the viewer is not.
bool ohio_guards(const OhioView& view);
// Case types without a code have nothing to give (FUINF).
bool ohio_gives_nothing(const json& one_case);
// The collections that are sent, newest first.
std::vector<json> ohio_collections(const OhioView& view);
// Federal offsets that another state keeps.
std::vector<json> ohio_memos(const OhioView& view);
// The sum of the balances of a bucket; null when there are none.
json ohio_sum(const OhioView& view, const std::string& bucket);
// What an A field makes of a text: capitals, plain letters, at most that long.
std::string ohio_text(const json& text, std::size_t length);

}  // namespace casebridge::conformance
