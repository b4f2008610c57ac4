// All pages of the payments of a case, one after the other.
#pragma once

#include "core/model/adapter_messages.hpp"
#include "plugins/california_connect/exchange.hpp"
#include "plugins/california_connect/page_table.hpp"

namespace casebridge::california_connect {

sdk::Answer<model::DatasetContent> fetch_payments(Exchange& exchange, const std::string& case_number);

}  // namespace casebridge::california_connect
