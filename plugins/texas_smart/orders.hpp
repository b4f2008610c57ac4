// What a parent asks the payment account to do besides paying, and help for one who forgot.
#pragma once

#include "core/model/write_messages.hpp"
#include "plugins/texas_smart/exchange.hpp"

namespace casebridge::texas_smart {

sdk::Answer<model::Receipt> update_contact(const Exchange& exchange, const model::ContactUpdate& order);
// A payment plan for arrears; nothing else can be asked for here.
sdk::Answer<model::Receipt> create_request(const Exchange& exchange, const model::RequestOrder& order);
// The service writes to the address it knows, if it knows one; it never says whether it did.
sdk::Answer<model::RecoveryAnswer> recover(const Exchange& exchange, const model::RecoveryQuery& query);

}  // namespace casebridge::texas_smart
