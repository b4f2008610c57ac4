// Three requests, one answer.
#include "plugins/texas_smart/payment_options.hpp"

#include <utility>

#include "plugins/sdk/code_table.hpp"
#include "plugins/texas_smart/codes.hpp"
#include "plugins/texas_smart/submit.hpp"
#include "plugins/texas_smart/wire_values.hpp"

namespace casebridge::texas_smart {
namespace {

using model::PaymentMethod;
using model::PaymentPlan;
using model::Recurring;
using sdk::Answer;

constexpr sdk::StateWord method_kinds[] = {{"Bank", "bank"}, {"Card", "card"}};
constexpr sdk::StateWord method_words[] = {
    {"Verified", "usable"}, {"PrenotePending", "pending"}, {"Failed", "failed"}};
constexpr sdk::StateWord recurring_words[] = {{"Active", "active"}, {"Cancelled", "cancelled"}};
constexpr sdk::StateWord plan_words[] = {
    {"Requested", "requested"}, {"Active", "active"}, {"Completed", "completed"}, {"Broken", "broken"}};

// There is no word for "we do not know" here: one that is new spoils the answer.
template <std::size_t N>
std::string known_word(const Record& row, std::string_view name, const sdk::StateWord (&table)[N]) {
  std::string word = sdk::state_word(row.mark(name), table, row.reading());
  if (word == "unknown") row.breach(name);
  return word;
}

std::optional<model::Date> day(const Known<model::Date>& known) {
  return known ? std::optional<model::Date>(*known) : std::nullopt;
}

PaymentMethod method_of(const Record& row) {
  PaymentMethod made;
  made.key = row.mark("id");
  made.kind = known_word(row, "kind", method_kinds);
  made.state = known_word(row, "status", method_words);
  made.label = row.text("Label");
  made.last4 = row.text("Last4");
  if (const auto expires = row.maybe_text("Expires")) made.expires = *expires;
  return made;
}

Recurring recurring_of(const Record& row) {
  Recurring made;
  made.key = row.mark("id");
  made.state = known_word(row, "status", recurring_words);
  made.amount = row.amount("Amount");
  if (const auto method = row.maybe_text("MethodId")) made.method_key = *method;
  made.frequency = row.code(row.text("Frequency"), frequency_of);
  made.next_date = day(row.date("NextDate"));
  return made;
}

PaymentPlan plan_of(const Record& row) {
  PaymentPlan made;
  made.key = row.mark("id");
  made.state = known_word(row, "status", plan_words);
  made.arrears_at_start = row.amount("ArrearsAtStart");
  made.installment = row.amount("Installment");
  made.frequency = row.code(row.text("Frequency"), frequency_of);
  made.first_due = day(row.date("FirstDue"));
  made.last_due = day(row.date("LastDue"));
  made.paid = row.amount("Paid");
  return made;
}

// One request and its rows; `keep` says which of them count.
template <class Made, class Keep>
Answer<std::vector<Made>> fetch(const Exchange& exchange, SoapRequest request, std::string_view element,
                                Made (*read)(const Record&), const Keep& keep) {
  SDK_TRY(const SoapAnswer answer, exchange.read(std::move(request)));
  Reading reading;
  std::vector<Made> made;
  for (const Record& row : answer.payload(reading).list(element))
    if (keep(row)) made.push_back(read(row));
  SDK_TRY([[maybe_unused]] const sdk::Done done,
          sdk::end_reading(exchange.call(), reading, "payment_options"));
  return made;
}

}  // namespace

Answer<model::PaymentOptions> payment_options(const Exchange& exchange, const std::string& case_number) {
  if (!is_case_number(case_number)) return sdk::refuse(model::Outcome::not_found);
  const auto every = [](const Record&) { return true; };
  SoapRequest plan = exchange.request("GetPaymentPlan");
  plan.attribute("case", case_number);
  model::PaymentOptions options;
  // First what is asked of one case: a case of somebody else ends here.
  SDK_TRY(options.plans, fetch(exchange, std::move(plan), "Plan", plan_of, every));
  SDK_TRY(options.methods,
          fetch(exchange, exchange.request("GetPaymentMethods"), "Method", method_of, every));
  SDK_TRY(options.recurring, fetch(exchange, exchange.request("GetRecurring"), "Recurring", recurring_of,
                                   [&](const Record& row) { return row.mark("case") == case_number; }));
  return options;
}

}  // namespace casebridge::texas_smart
