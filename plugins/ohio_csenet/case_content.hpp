// From the datasets asked for to the transactions that they need, and back.
#pragma once

#include "plugins/ohio_csenet/exchange.hpp"

namespace casebridge::ohio_csenet {

// One answer for each dataset: made of all its transactions, or failed. The whole call is refused when the
// session has ended, when the case is not the session's, and when the state does not get ready; pending while
// it works.
sdk::Answer<model::CaseContent> fetch_case(const Exchange& exchange, const model::CaseReadQuery& query);
// Case information alone.
sdk::Answer<model::Profile> fetch_profile(const Exchange& exchange);

}  // namespace casebridge::ohio_csenet
