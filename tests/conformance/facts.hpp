// Facts: the content of a dataset as lines of text, once as the adapter delivers it and once as the scenario
// and the interface document say it must be; comparing the two shows every difference at once.
#pragma once

#include <string>
#include <vector>

#include "core/model/dataset.hpp"

namespace casebridge::conformance {

using Facts = std::vector<std::string>;

Facts facts_of(const model::Records& records);

}  // namespace casebridge::conformance
