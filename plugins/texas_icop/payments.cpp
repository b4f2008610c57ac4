// Payment requests and their states; recurring payments.
#include "plugins/texas_icop/payments.hpp"

#include "core/base/text.hpp"
#include "plugins/sdk/code_table.hpp"
#include "plugins/texas_icop/codes.hpp"
#include "plugins/texas_icop/datasets.hpp"
#include "plugins/texas_icop/submit.hpp"
#include "plugins/texas_icop/wire_dates.hpp"

namespace casebridge::texas_icop {
namespace {

using model::JsonWriter;
using model::Outcome;
using model::Receipt;
using sdk::Answer;

constexpr sdk::StateWord payment_states[] = {{"CREATED", "needs_parent"},
                                             {"PAID", "done"},
                                             {"CANCELLED", "cancelled"},
                                             {"FAILED", "failed"},
                                             {"EXPIRED", "expired"}};
constexpr sdk::StateWord recurring_states[] = {{"ACTIVE", "active"}, {"CANCELLED", "cancelled"}};

model::Refusal refused_field(const char* name) {
  model::Refusal refusal = sdk::refuse(Outcome::invalid_field);
  refusal.field = name;
  return refusal;
}

Receipt payment_receipt(const WireObject& answer, bool over_tls) {
  Receipt made;
  made.key = answer.key("paymentRequestId");
  made.state = sdk::state_word(answer.key("state"), payment_states, answer.reading());
  if (const auto number = answer.maybe_text("confirmationNumber")) made.confirmation = *number;
  if (const auto day = answer.date("expectedPostDate")) made.effective = *day;
  if (made.state != "needs_parent" || !answer.find("hostedUrl")) return made;
  made.url = answer.text("hostedUrl");
  if (!is_page_address(made.url, over_tls)) answer.breach("hostedUrl");
  if (answer.find("expiresAt")) made.url_expires_at = answer.instant("expiresAt");
  return made;
}

Receipt new_payment_receipt(const WireObject& answer, bool over_tls) {
  Receipt made = payment_receipt(answer, over_tls);
  if (made.state == "needs_parent" && made.url.empty()) answer.breach("hostedUrl");
  return made;
}

// An order that was taken is done, whether it began something or ended it.
Receipt recurring_receipt(const WireObject& answer, bool) {
  Receipt made;
  made.key = answer.key("recurringId");
  made.state = sdk::state_word(answer.key("state"), recurring_states, answer.reading()) == "unknown"
                   ? "unknown"
                   : "done";
  if (const auto day = answer.date("nextDate")) made.effective = *day;
  return made;
}

model::Recurring recurring_of(const WireObject& row) {
  model::Recurring made;
  made.key = row.key("recurringId");
  made.amount = row.amount("amount");
  made.frequency = row.code("frequency", frequency_of);
  made.state = sdk::state_word(row.key("state"), recurring_states, row.reading());
  // Neither going on nor ended: nothing that could be shown without misleading somebody.
  if (made.state == "unknown") row.breach("state");
  if (const auto day = row.date("nextDate")) made.next_date = *day;
  return made;
}

// The state takes these three from a parent, and shows more.
const char* code_of(const model::Coded<model::Frequency>& frequency) {
  switch (frequency.value) {
    case model::Frequency::weekly: return "WK";
    case model::Frequency::biweekly: return "BW";
    case model::Frequency::monthly: return "MO";
    default: return nullptr;
  }
}

}  // namespace

Answer<Receipt> create_payment(const Exchange& exchange, const model::PaymentOrder& order) {
  if (!is_case_number(order.case_key)) return sdk::refuse(Outcome::not_found);
  // The account keeps no methods, and pays on the day it is told to.
  if (!order.method_key.empty()) return refused_field("method_key");
  if (order.pay_on) return refused_field("pay_on");
  const bool hosted = order.method_token.empty();
  if (hosted && order.return_url.empty()) return refused_field("return_url");
  WireWrite write{.path = "/cases/" + order.case_key + "/payment-requests", .write_id = order.write_id};
  write.body = json_body([&](JsonWriter& json) {
    text_member(json, "amount", order.amount.text());
    text_member(json, "method", hosted ? "HOSTED" : "BANK_TOKEN");
    if (hosted) {
      text_member(json, "returnUrl", order.return_url);
    } else {
      json.name("bankToken");
      json.secret_text(order.method_token);
    }
  });
  return submit(exchange, write, new_payment_receipt);
}

Answer<Receipt> read_payment(const Exchange& exchange, const model::ReceiptQuery& query) {
  if (query.key.empty()) return sdk::refuse(Outcome::not_found);
  const std::string path = "/payment-requests/" + text::percent_encode(query.key);
  return fetch_receipt(exchange, path, [&](const WireObject& answer, bool over_tls) {
    Receipt made = payment_receipt(answer, over_tls);
    if (made.key != query.key) answer.breach("paymentRequestId");
    return made;
  });
}

Answer<Receipt> create_recurring(const Exchange& exchange, const model::RecurringOrder& order) {
  if (!is_case_number(order.case_key)) return sdk::refuse(Outcome::not_found);
  if (!order.method_key.empty()) return refused_field("method_key");
  const char* const frequency = code_of(order.frequency);
  if (frequency == nullptr) return refused_field("frequency");
  WireWrite write{.path = "/cases/" + order.case_key + "/recurring", .write_id = order.write_id};
  write.body = json_body([&](JsonWriter& json) {
    text_member(json, "amount", order.amount.text());
    json.name("bankToken");
    json.secret_text(order.method_token);
    text_member(json, "frequency", frequency);
    text_member(json, "firstDate", wire_date(order.first_date));
    if (order.last_date) text_member(json, "endDate", wire_date(*order.last_date));
  });
  return submit(exchange, write, recurring_receipt);
}

Answer<Receipt> cancel_recurring(const Exchange& exchange, const model::RecurringCancel& order) {
  if (!is_case_number(order.case_key) || order.recurring_key.empty()) return sdk::refuse(Outcome::not_found);
  WireWrite write{
      .method = "DELETE",
      .path = "/cases/" + order.case_key + "/recurring/" + text::percent_encode(order.recurring_key),
      .write_id = order.write_id};
  write.good_status = 200;
  return submit(exchange, write, recurring_receipt);
}

Answer<model::PaymentOptions> payment_options(const Exchange& exchange, const std::string& case_key) {
  if (!is_case_number(case_key)) return sdk::refuse(Outcome::not_found);
  SDK_TRY(const Envelope envelope, exchange.read("/cases/" + case_key + "/recurring"));
  Reading reading;
  model::PaymentOptions options;
  for (const WireObject& row : WireObject(envelope.root(), "", reading).list("recurring"))
    options.recurring.push_back(recurring_of(row));
  if (!reading.followed()) return sdk::drift(reading.where());
  return options;
}

}  // namespace casebridge::texas_icop
