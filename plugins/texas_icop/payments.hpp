// Paying in Texas: on the state's own page or with a token of its vault, once or again and again.
#pragma once

#include "core/model/write_messages.hpp"
#include "plugins/texas_icop/exchange.hpp"

namespace casebridge::texas_icop {

// With a token the payment is made at once. Without one the receipt has the address of the state's page, and
// what happened there is asked with read_payment, never believed from where the browser came back to.
sdk::Answer<model::Receipt> create_payment(const Exchange& exchange, const model::PaymentOrder& order);
sdk::Answer<model::Receipt> read_payment(const Exchange& exchange, const model::ReceiptQuery& query);
sdk::Answer<model::Receipt> create_recurring(const Exchange& exchange, const model::RecurringOrder& order);
sdk::Answer<model::Receipt> cancel_recurring(const Exchange& exchange, const model::RecurringCancel& order);
// The recurring payments of a case; cancelled ones stay in the list.
sdk::Answer<model::PaymentOptions> payment_options(const Exchange& exchange, const std::string& case_key);

}  // namespace casebridge::texas_icop
