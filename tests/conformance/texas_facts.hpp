// What Texas must show: the facts that its interface document makes of a scenario.
#pragma once

#include <string>
#include <vector>

#include "core/base/instant.hpp"
#include "core/model/dataset.hpp"
#include "tests/conformance/facts.hpp"
#include "tests/conformance/scenario.hpp"

namespace casebridge::conformance {

// Who looks at which case, and when.
struct TexasView {
  const Scenario& scenario;
  json one_case;
  std::string viewer;
  Instant now;
};
Facts expected_facts(const TexasView& view, model::Dataset dataset);

// The payments that the state must show, newest first.
std::vector<json> expected_payments(const TexasView& view);
// The balances for which the state has a code, in the order of the file.
std::vector<json> expected_balances(const TexasView& view);

}  // namespace casebridge::conformance
