// The requests' members, and what the answers say of a payment's way.
#include "plugins/texas_smart/payments.hpp"

#include "plugins/sdk/code_table.hpp"
#include "plugins/texas_smart/submit.hpp"
#include "plugins/texas_smart/wire_values.hpp"
#include "plugins/texas_smart/wire_words.hpp"

namespace casebridge::texas_smart {
namespace {

using model::Outcome;
using model::Receipt;
using sdk::Answer;

constexpr sdk::StateWord payment_states[] = {{"Scheduled", "scheduled"},
                                             {"Processing", "in_work"},
                                             {"Posted", "done"},
                                             {"Failed", "failed"},
                                             {"Cancelled", "cancelled"}};
// A bank account is tried out for some days before it can be used.
constexpr sdk::StateWord method_states[] = {
    {"Verified", "done"}, {"PrenotePending", "in_work"}, {"Failed", "failed"}};
constexpr sdk::StateWord ended_states[] = {{"Cancelled", "done"}, {"Active", "in_work"}};

Receipt payment_receipt(const Record& answer) {
  Receipt made;
  made.key = answer.text("PaymentId");
  made.state = sdk::state_word(answer.text("Status"), payment_states, answer.reading());
  made.confirmation = answer.text("Confirmation");
  made.fee = answer.amount("Fee");
  return made;
}

// A case, an amount and a method: what both kinds of payment have.
Answer<sdk::Done> check_payment(const std::string& case_key, const std::string& method_key,
                                const SecretBytes& method_token) {
  if (!is_case_number(case_key)) return sdk::refuse(Outcome::not_found);
  // A token becomes a method of the account first; payments name the method.
  if (!method_token.empty()) return refused_field("method_token");
  if (method_key.empty()) return refused_field("method_key");
  return check_text(method_key, "method_key");
}

}  // namespace

Answer<Receipt> create_payment(const Exchange& exchange, const model::PaymentOrder& order) {
  SDK_TRY([[maybe_unused]] const sdk::Done good,
          check_payment(order.case_key, order.method_key, order.method_token));
  SoapRequest request = exchange.request("SubmitPayment");
  request.attribute("requestId", order.write_id).attribute("case", order.case_key);
  request.element("Amount", order.amount.text()).element("MethodId", order.method_key);
  if (order.pay_on) request.element("PayOn", order.pay_on->text());
  if (!order.apply_to.empty())
    request.element("ApplyTo", order.apply_to == "arrears" ? "Arrears" : "Current");
  if (order.accepted_fee) request.element("AcceptFee", order.accepted_fee->text());
  return submit(exchange, std::move(request), payment_receipt);
}

Answer<Receipt> read_payment(const Exchange& exchange, const model::ReceiptQuery& query) {
  if (query.key.empty() || !check_text(query.key, "key")) return sdk::refuse(Outcome::not_found);
  SoapRequest request = exchange.request("GetPaymentStatus");
  request.element("PaymentId", query.key);
  SDK_TRY(const SoapAnswer answer, exchange.read(std::move(request)));
  Reading reading;
  const Record told = answer.payload(reading);
  Receipt made;
  made.key = query.key;
  made.state = sdk::state_word(told.text("Status"), payment_states, told.reading());
  SDK_TRY([[maybe_unused]] const sdk::Done done, sdk::end_reading(exchange.call(), reading, "receipt"));
  return made;
}

Answer<Receipt> add_payment_method(const Exchange& exchange, const model::PaymentMethodOrder& order) {
  if (order.token.empty()) return refused_field("token");
  SDK_TRY([[maybe_unused]] const sdk::Done good, check_text(order.token.reveal(), "token"));
  SoapRequest request = exchange.request("AddPaymentMethod");
  request.attribute("requestId", order.write_id).element("VaultToken", order.token);
  return submit(exchange, std::move(request), [](const Record& answer) {
    Receipt made;
    made.key = answer.text("MethodId");
    made.state = sdk::state_word(answer.text("Status"), method_states, answer.reading());
    if (const auto day = answer.date("UsableFrom")) made.effective = *day;
    return made;
  });
}

Answer<Receipt> remove_payment_method(const Exchange& exchange, const model::PaymentMethodRemoval& order) {
  if (order.method_key.empty()) return refused_field("method_key");
  SDK_TRY([[maybe_unused]] const sdk::Done good, check_text(order.method_key, "method_key"));
  SoapRequest request = exchange.request("RemovePaymentMethod");
  request.attribute("requestId", order.write_id).element("MethodId", order.method_key);
  return submit(exchange, std::move(request), [&](const Record& answer) {
    if (answer.text("Result") != "Ok") answer.breach("Result");
    Receipt made;
    made.key = order.method_key;
    made.state = "done";
    return made;
  });
}

Answer<Receipt> create_recurring(const Exchange& exchange, const model::RecurringOrder& order) {
  SDK_TRY([[maybe_unused]] const sdk::Done good,
          check_payment(order.case_key, order.method_key, order.method_token));
  const std::string_view frequency = wire_frequency(order.frequency.value);
  if (frequency.empty()) return refused_field("frequency");
  SoapRequest request = exchange.request("CreateRecurring");
  request.attribute("requestId", order.write_id).attribute("case", order.case_key);
  request.element("Amount", order.amount.text())
      .element("MethodId", order.method_key)
      .element("Frequency", frequency)
      .element("FirstDate", order.first_date.text());
  if (order.last_date) request.element("LastDate", order.last_date->text());
  return submit(exchange, std::move(request), [](const Record& answer) {
    Receipt made;
    made.key = answer.text("RecurringId");
    made.state = "done";
    if (const auto day = answer.date("NextDate")) made.effective = *day;
    return made;
  });
}

Answer<Receipt> cancel_recurring(const Exchange& exchange, const model::RecurringCancel& order) {
  if (order.recurring_key.empty() || !check_text(order.recurring_key, "recurring_key"))
    return sdk::refuse(Outcome::not_found);
  SoapRequest request = exchange.request("CancelRecurring");
  request.attribute("requestId", order.write_id).element("RecurringId", order.recurring_key);
  return submit(exchange, std::move(request), [](const Record& answer) {
    Receipt made;
    made.key = answer.text("RecurringId");
    made.state = sdk::state_word(answer.text("Status"), ended_states, answer.reading());
    return made;
  });
}

}  // namespace casebridge::texas_smart
