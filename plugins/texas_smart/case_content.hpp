// What a case read asks the service for, dataset by dataset.
#pragma once

#include "plugins/sdk/answer.hpp"
#include "plugins/texas_smart/exchange.hpp"

namespace casebridge::texas_smart {

sdk::Answer<model::CaseList> fetch_list(const Exchange& exchange);

// One answer for each dataset asked for. A session that has ended, or a case that is not there, ends the
// call; a rate limit is the answer of all that would have come after it.
sdk::Answer<model::CaseContent> fetch_case(const Exchange& exchange, const model::CaseReadQuery& query);

sdk::Answer<model::DocumentContent> fetch_document(const Exchange& exchange, const std::string& case_number,
                                                   const std::string& key);

}  // namespace casebridge::texas_smart
