// With what a parent can pay, what is paid by itself, and the plan for arrears.
#pragma once

#include <string>

#include "core/model/write_messages.hpp"
#include "plugins/texas_smart/exchange.hpp"

namespace casebridge::texas_smart {

// Of one case; methods belong to the account. A plan is no balance, and its amounts are added to none.
sdk::Answer<model::PaymentOptions> payment_options(const Exchange& exchange, const std::string& case_number);

}  // namespace casebridge::texas_smart
