// What a case read asks the service for, dataset by dataset.
#pragma once

#include "plugins/kansas_quick/exchange.hpp"
#include "plugins/sdk/answer.hpp"

namespace casebridge::kansas_quick {

sdk::Answer<model::CaseList> fetch_list(const Exchange& exchange);

// One answer for each dataset asked for. Nobody to vouch for ends the call; a state that asks to wait is
// asked nothing more. A case that is not there is a list of no cases; one that the state keeps from the
// parent is one case without content that is blocked. Nothing else is told of either, whatever was read
// before.
sdk::Answer<model::CaseContent> fetch_case(const Exchange& exchange, const model::CaseReadQuery& query);

}  // namespace casebridge::kansas_quick
