// Orders and what they oblige to pay.
#include "plugins/texas_icop/codes.hpp"
#include "plugins/texas_icop/datasets.hpp"

namespace casebridge::texas_icop {
namespace {

// true, false, "Y" or "N"; otherwise not told.
Known<bool> medical_of(const WireObject& order) {
  const auto found = order.find("medicalOrdered");
  if (!found) return Missing::not_provided;
  if (found->kind() == model::JsonKind::boolean) return found->truth();
  const std::string letter = order.text("medicalOrdered");
  if (letter != "Y" && letter != "N") order.breach("medicalOrdered");
  return letter == "Y";
}

// iCOP gives an obligation no id. Its kind and first day stay the same when its amount changes.
model::Obligation obligation_of(const WireObject& row, const std::string& order_key, KeyRing& keys) {
  model::Obligation made;
  made.order_key = order_key;
  made.debt_type = row.code("debtType", debt_type_of);
  made.amount = row.amount("amount");
  made.frequency = row.code("frequency", frequency_of);
  made.arrears_amount = row.maybe_amount("arrearsPayment");
  made.arrears_frequency = row.maybe_code("arrearsFrequency", frequency_of);
  made.starts = row.date("startDate");
  made.ends = row.date("endDate");
  made.key = keys.unique(derived_key({order_key, row.text("debtType"), key_part(made.starts)}));
  return made;
}

model::Order order_of(const WireObject& row, KeyRing& order_keys, KeyRing& obligation_keys) {
  model::Order made;
  made.order_number = row.key("orderId");
  made.key = order_keys.unique(made.order_number);
  made.docket = row.text("causeNumber");
  made.issuing_state = row.text("issuingState");
  made.issuing_locator = row.text("issuingFips");
  made.tribunal = row.text("courtName");
  made.type = row.code("orderType", order_type_of);
  made.filed = row.date("filedDate");
  made.effective = row.date("effectiveDate");
  made.ends = row.date("endDate");
  made.cancelled = row.date("cancelledDate");
  made.controlling = row.code("controlling", controlling_of);
  made.medical_ordered = medical_of(row);
  for (const WireObject& entry : row.list("obligations"))
    made.obligations.push_back(obligation_of(entry, made.key, obligation_keys));
  return made;
}

}  // namespace

std::vector<model::Order> read_orders(const WireObject& root) {
  std::vector<model::Order> orders;
  KeyRing order_keys, obligation_keys;
  for (const WireObject& row : root.list("orders"))
    orders.push_back(order_of(row, order_keys, obligation_keys));
  return orders;
}

}  // namespace casebridge::texas_icop
