// Inbox: what the state sent by itself about the case, in the order of its serial numbers.
#pragma once

#include <string>
#include <vector>

#include "plugins/ohio_csenet/case_file.hpp"
#include "plugins/ohio_csenet/exchange.hpp"

namespace casebridge::ohio_csenet {

// The whole inbox. A serial number that was there before is ignored with its line.
sdk::Answer<std::vector<Transaction>> fetch_inbox(const Exchange& exchange, const Expected& expected);

}  // namespace casebridge::ohio_csenet
