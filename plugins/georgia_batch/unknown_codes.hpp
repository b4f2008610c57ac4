// How many codes of records nobody knows; for the operator.
#pragma once

#include "core/model/dataset.hpp"

namespace casebridge::georgia_batch {

int unknown_codes(const model::Records& records);

}  // namespace casebridge::georgia_batch
