// Paying: methods that the account keeps, single and recurring payments, and what became of one.
#pragma once

#include "core/model/write_messages.hpp"
#include "plugins/texas_smart/exchange.hpp"

namespace casebridge::texas_smart {

sdk::Answer<model::Receipt> create_payment(const Exchange& exchange, const model::PaymentOrder& order);
sdk::Answer<model::Receipt> read_payment(const Exchange& exchange, const model::ReceiptQuery& query);
// The number of an account or a card never comes here, only a token of the state's vault.
sdk::Answer<model::Receipt> add_payment_method(const Exchange& exchange,
                                               const model::PaymentMethodOrder& order);
sdk::Answer<model::Receipt> remove_payment_method(const Exchange& exchange,
                                                  const model::PaymentMethodRemoval& order);
sdk::Answer<model::Receipt> create_recurring(const Exchange& exchange, const model::RecurringOrder& order);
sdk::Answer<model::Receipt> cancel_recurring(const Exchange& exchange, const model::RecurringCancel& order);

}  // namespace casebridge::texas_smart
