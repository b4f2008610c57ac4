// From an order to its receipt: the body in secret memory, the request under the order's id, the answer read.
#pragma once

#include <functional>
#include <string_view>

#include "core/model/json_writer.hpp"
#include "core/model/write_messages.hpp"
#include "plugins/texas_icop/exchange.hpp"
#include "plugins/texas_icop/wire_object.hpp"

namespace casebridge::texas_icop {

// One JSON object; `fill` writes its members.
SecretBytes json_body(const std::function<void(model::JsonWriter& json)>& fill);
void text_member(model::JsonWriter& json, std::string_view name, std::string_view text);

// Where a person goes on in the state's own page. Over TLS nothing else than TLS is taken.
bool is_page_address(std::string_view url, bool over_tls);

using ReadReceipt = std::function<model::Receipt(const WireObject& answer, bool over_tls)>;
// Sent again once, under the same id and with the same octets, where nobody knows what became of it. While
// the state is still at work on the same order: not yet.
sdk::Answer<model::Receipt> submit(const Exchange& exchange, const WireWrite& write, const ReadReceipt& read);
// Asks what became of something.
sdk::Answer<model::Receipt> fetch_receipt(const Exchange& exchange, const std::string& path,
                                          const ReadReceipt& read);

}  // namespace casebridge::texas_icop
