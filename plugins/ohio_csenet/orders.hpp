// What a parent asks Ohio to do: a new address or phone, a message to the worker, a review or modification.
#pragma once

#include "core/model/write_messages.hpp"
#include "plugins/ohio_csenet/exchange.hpp"

namespace casebridge::ohio_csenet {

sdk::Answer<model::Receipt> update_contact(const Exchange& exchange, const model::ContactUpdate& order);
sdk::Answer<model::Receipt> send_message(const Exchange& exchange, const model::MessageOrder& order);
sdk::Answer<model::Receipt> create_request(const Exchange& exchange, const model::RequestOrder& order);
// A decision comes into the inbox; until then the request is in work.
sdk::Answer<model::Receipt> read_request(const Exchange& exchange, const model::ReceiptQuery& query);

}  // namespace casebridge::ohio_csenet
