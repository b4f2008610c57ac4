// What a parent asks Texas to do, except paying: contact data, messages, documents, reviews.
#pragma once

#include "core/model/write_messages.hpp"
#include "plugins/texas_icop/exchange.hpp"

namespace casebridge::texas_icop {

sdk::Answer<model::Receipt> update_contact(const Exchange& exchange, const model::ContactUpdate& order);
sdk::Answer<model::Receipt> send_message(const Exchange& exchange, const model::MessageOrder& order);
// Refused when the state tells another digest than that of what was sent.
sdk::Answer<model::Receipt> upload_document(const Exchange& exchange, const model::DocumentUpload& order);
// Reviews and modifications; others are not supported.
sdk::Answer<model::Receipt> create_request(const Exchange& exchange, const model::RequestOrder& order);
sdk::Answer<model::Receipt> read_request(const Exchange& exchange, const model::ReceiptQuery& query);

}  // namespace casebridge::texas_icop
