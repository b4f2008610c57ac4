// Fetches the datasets of a case: which requests each of them needs, and what one failure means for the
// others.
#pragma once

#include "plugins/texas_icop/exchange.hpp"

namespace casebridge::texas_icop {

// One answer for each dataset asked for. The whole call is refused when the session has ended, or when the
// state knows no such case for this person. After a rate limit the rest is not asked for.
sdk::Answer<model::CaseContent> fetch_case(const Exchange& exchange, const model::CaseReadQuery& query);

}  // namespace casebridge::texas_icop
