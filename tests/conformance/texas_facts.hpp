// Facts: the content of a dataset as lines of text, once as the adapter delivers it and once as the scenario
// and the interface document say it must be; comparing the two shows every difference at once.
#pragma once

#include <string>
#include <vector>

#include "core/base/instant.hpp"
#include "core/model/dataset.hpp"
#include "tests/conformance/scenario.hpp"

namespace casebridge::conformance {

using Facts = std::vector<std::string>;

Facts facts_of(const model::Records& records);

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
