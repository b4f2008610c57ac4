// Answers: taking an adapter's answer apart; a test that expects another one fails by an exception here.
#pragma once

#include <vector>

#include "core/ports/state_adapter.hpp"

namespace casebridge::conformance {

// What came of one dataset.
const Trouble& trouble_of(const model::DatasetAnswer& answer);
const model::Records& records_of(const model::DatasetAnswer& answer);
template <class Record>
const std::vector<Record>& list_of(const model::DatasetAnswer& answer) {
  return std::get<std::vector<Record>>(records_of(answer));
}
// The step of a sign-in that did not fail.
const model::AuthStep& step_of(const ports::Answer<model::AuthStep>& answer);

}  // namespace casebridge::conformance
