// Orders and their obligations, which the service lists one by one, and the whole of a financial answer.
#include <algorithm>

#include "core/model/locator.hpp"
#include "plugins/kansas_quick/codes.hpp"
#include "plugins/kansas_quick/datasets.hpp"

namespace casebridge::kansas_quick {
namespace {

using model::Obligation;
using model::Order;

constexpr std::string_view no_order = "-";  // an obligation of no court order that is named

// All that the service tells of an order is its number and where it was made.
Order order_of(const std::string& number, const Known<std::string>& locator) {
  Order made;
  made.key = number;
  made.order_number = number;
  made.issuing_locator = locator;
  made.issuing_state = locator.known() ? Missing::not_provided : locator.reason();
  const auto place = locator ? model::Locator::parse(*locator) : std::nullopt;
  if (place && !place->usps().empty()) made.issuing_state = std::string(place->usps());
  made.docket = Missing::unsupported;
  made.tribunal = Missing::unsupported;
  for (auto* date : {&made.filed, &made.effective, &made.ends, &made.cancelled}) *date = Missing::unsupported;
  made.medical_ordered = Missing::unsupported;
  return made;
}

std::string key_of(const Obligation& owed, const std::string& debt, const std::string& side) {
  return owed.order_key + "/" + debt + "/" + (side.empty() ? "-" : side) + "/" +
         (owed.starts ? owed.starts->text() : "-");
}

class OrderReader {
 public:
  void add(const Record& row) {
    const auto told = row.maybe_text(quick("CourtOrder"));
    Obligation owed;
    owed.order_key = told ? *told : std::string(no_order);
    const std::string debt = row.text(quick("DebtType"));
    owed.debt_type = row.code(debt, debt_type_of);
    owed.frequency = row.code(row.text(quick("Frequency")), frequency_of);
    const auto side = row.maybe_text(quick("PrimarySecondaryCode"));
    owed.concurrent = row.code(side ? *side : std::string(), concurrent_of);
    owed.starts = row.date(quick("StartDate"));
    owed.ends = row.date(quick("EndDate"));
    owed.arrears_amount = Missing::not_provided;
    owed.arrears_frequency = Missing::not_provided;
    // What is behind on it is part of the totals, or, where another owes the same, of no total at all.
    (void)row.amount(quick("ArrearsAmount"));
    Order& order = find(owed.order_key, row.maybe_text(quick("OrderLocator")));
    const auto amount = row.amount(quick("Amount"));
    // An obligation without its amount cannot be told, and is certainly not 0.00.
    if (!amount) return row.reading().left_out();
    owed.amount = *amount;
    owed.key = keys_.unique(key_of(owed, debt, side ? *side : std::string()));
    order.obligations.push_back(std::move(owed));
  }

  // The monthly payment towards arrears is told once for the case: it is that of an obligation only where
  // there is one that counts.
  void give(const Known<model::Money>& arrears_payment, model::Date today) {
    std::vector<Obligation*> counting;
    for (Order& order : orders_)
      for (Obligation& owed : order.obligations) {
        const bool begun = !owed.starts || !(today < *owed.starts);
        const bool over = owed.ends && *owed.ends < today;
        if (begun && !over && owed.concurrent.value != model::Concurrent::secondary)
          counting.push_back(&owed);
      }
    if (counting.size() != 1 || !arrears_payment) return;
    counting.front()->arrears_amount = *arrears_payment;
    counting.front()->arrears_frequency = model::Coded<model::Frequency>(model::Frequency::monthly);
  }

  std::vector<Order> take() { return std::move(orders_); }

 private:
  Order& find(const std::string& key, const Known<std::string>& locator) {
    const auto found =
        std::find_if(orders_.begin(), orders_.end(), [&](const Order& order) { return order.key == key; });
    if (found != orders_.end()) return *found;
    return orders_.emplace_back(order_of(key, locator));
  }

  std::vector<Order> orders_;
  KeyRing keys_;
};

}  // namespace

Financial read_financial(const Record& answer, const Scope& scope) {
  Financial made;
  read_case_number(answer, scope.case_number);
  if (const auto code = answer.maybe_text(services("ChildSupportAssistanceStatusIndicatorCode")))
    made.assistance = answer.code(*code, assistance_of);
  Amounts amounts = read_amounts(answer, scope.state);
  OrderReader orders;
  for (const Record& list : answer.list(quick("Obligations")))
    for (const Record& row : list.list(quick("Obligation"))) orders.add(row);
  orders.give(amounts.arrears_payment, scope.today);
  made.orders = orders.take();
  const Record payments = answer.part(quick("Payments"));
  made.payments = read_payments(payments, scope.from);
  made.payments_cut = payments.flag_mark("more");
  made.balances = std::move(amounts.lines);
  made.as_of = amounts.as_of;
  const Record disbursements = answer.part(quick("Disbursements"));
  made.disbursements_cut = disbursements.flag_mark("more");
  made.disbursements = read_disbursements(disbursements, scope.from);
  return made;
}

}  // namespace casebridge::kansas_quick
