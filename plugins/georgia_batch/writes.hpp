// What a parent may ask: contact data, messages, reviews, changes of the order, a record of payments. All of
// it goes into the next request file, and the answer comes with a later run.
#pragma once

#include "core/model/write_messages.hpp"
#include "plugins/sdk/host.hpp"

namespace casebridge::georgia_batch {

sdk::Answer<model::Receipt> order_contact(const sdk::Call& call, const SecretBytes& session,
                                          const model::ContactUpdate& order);
sdk::Answer<model::Receipt> order_message(const sdk::Call& call, const SecretBytes& session,
                                          const model::MessageOrder& order);
sdk::Answer<model::Receipt> order_request(const sdk::Call& call, const SecretBytes& session,
                                          const model::RequestOrder& order);
sdk::Answer<model::Receipt> ask_receipt(const sdk::Call& call, const SecretBytes& session,
                                        const model::ReceiptQuery& query);

}  // namespace casebridge::georgia_batch
