// From an order to its receipt: one request under the order's id, sent twice at most, and its answer read.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/model/write_messages.hpp"
#include "plugins/texas_smart/exchange.hpp"

namespace casebridge::texas_smart {

using ReadReceipt = std::function<model::Receipt(const Record& answer)>;
// `request` carries the order's id. A fee that was not accepted as it is makes a receipt that asks for it.
sdk::Answer<model::Receipt> submit(const Exchange& exchange, SoapRequest request, const ReadReceipt& read);

model::Refusal refused_field(const char* name);
// Texts of an order that XML has no place for are refused by the name that we give them.
sdk::Answer<sdk::Done> check_text(std::string_view text, const char* name);

}  // namespace casebridge::texas_smart
