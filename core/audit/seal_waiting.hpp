// Moves waiting records to the ends of their chains.
#pragma once

#include "core/ports/store.hpp"

namespace casebridge::audit {

// Until nothing waits, or another gateway is at it. Any thread, any number of gateways. How many were moved.
Result<int> seal_waiting(ports::Store& store);

}  // namespace casebridge::audit
