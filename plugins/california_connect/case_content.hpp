// What a case read asks the portal for, dataset by dataset.
#pragma once

#include "plugins/california_connect/exchange.hpp"

namespace casebridge::california_connect {

sdk::Answer<model::CaseList> fetch_list(Exchange& exchange);

// One answer for each dataset asked for. A session that has ended, a case that is not there, or maintenance
// ends the call.
sdk::Answer<model::CaseContent> fetch_case(Exchange& exchange, const model::CaseReadQuery& query);

sdk::Answer<model::DocumentContent> fetch_document(Exchange& exchange, const std::string& case_number,
                                                   const std::string& key);

}  // namespace casebridge::california_connect
