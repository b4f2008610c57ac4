// A block is an obligation with its order: blocks that agree about the order are one order.
#include "plugins/ohio_csenet/codes.hpp"
#include "plugins/ohio_csenet/datasets.hpp"
#include "plugins/ohio_csenet/keys.hpp"

namespace casebridge::ohio_csenet {
namespace {

// State, county and sub-office, which stand side by side.
std::string_view locator_of(const Block& block) {
  constexpr std::size_t begin = order_field("Order-FIPS-State").offset();
  return trimmed(block.octets().substr(begin, order_field("Order-FIPS-Sub").last - begin));
}

Known<std::string> known_text(std::string_view value) {
  return value.empty() ? Known<std::string>(Missing::not_provided) : Known<std::string>(std::string(value));
}

Known<bool> yes_or_no(char flag) {
  if (flag == 'Y') return true;
  if (flag == 'N') return false;
  return Missing::not_provided;
}

model::Order order_of(const Block& block) {
  model::Order made;
  const std::string_view locator = locator_of(block);
  made.order_number = block.text(order_field("Order-ID"));
  made.docket = block.maybe_text(order_field("Docket-Num."));
  made.issuing_state = known_text(usps_of(locator));
  made.issuing_locator = known_text(locator);
  made.tribunal = Missing::unsupported;
  made.type = order_type_of(block.code(order_field("Order-Type")));
  made.filed = block.date(order_field("Order-Filing-Date"));
  made.effective = block.date(order_field("Order-Effective-Date"));
  made.ends = block.date(order_field("Order-End-Date"));
  made.cancelled = block.date(order_field("Order-Cancel-Date"));
  made.controlling = controlling_of(block.code(order_field("Controlling-Order-Flag")));
  made.medical_ordered = yes_or_no(block.code(order_field("Medical-Ordered")));
  made.key = derived_key({locator, made.order_number});
  return made;
}

bool same_order(const model::Order& a, const model::Order& b) {
  return a.key == b.key && a.docket == b.docket && a.type == b.type && a.filed == b.filed &&
         a.effective == b.effective && a.ends == b.ends && a.cancelled == b.cancelled &&
         a.controlling == b.controlling && a.medical_ordered == b.medical_ordered;
}

// Nothing for a block that only carries arrears.
std::optional<model::Obligation> obligation_of(const Block& block) {
  const std::string_view debt = block.word(order_field("Debt-Type"));
  const auto amount = block.amount(order_field("Order-Freq.-Amount"));
  if (debt.empty() || !amount) return std::nullopt;
  model::Obligation made;
  made.debt_type = debt_type_of(debt);
  made.amount = *amount;
  made.frequency = frequency_of(block.code(order_field("Order-Freq.")));
  made.arrears_amount = block.amount(order_field("Order-Arrears-Freq.-Amount"));
  const char paced = block.code(order_field("Order-Arrears-Freq."));
  if (paced != ' ')
    made.arrears_frequency = frequency_of(paced);
  else
    made.arrears_frequency = Missing::not_provided;
  made.starts = Missing::unsupported;
  made.ends = Missing::unsupported;
  made.key = std::string(debt);
  return made;
}

}  // namespace

std::vector<model::Order> read_orders(const CaseFile& file) {
  std::vector<model::Order> orders;
  if (file.is_empty()) return orders;
  for (const Block& block : file.first().all(BlockKind::order)) {
    model::Order order = order_of(block);
    // Without a number, a court or a docket it is no order, but the arrears of a case that has none.
    if (order.key.empty() && !order.docket) continue;
    if (order.key.empty()) order.key = *order.docket;
    auto found = orders.begin();
    while (found != orders.end() && !same_order(*found, order)) ++found;
    if (found == orders.end()) found = orders.insert(orders.end(), std::move(order));
    if (auto obligation = obligation_of(block)) found->obligations.push_back(std::move(*obligation));
  }
  number_equals(orders);
  std::vector<std::string*> keys;
  for (model::Order& order : orders)
    for (model::Obligation& owed : order.obligations) {
      owed.order_key = order.key;
      owed.key = derived_key({order.key, owed.key});
      keys.push_back(&owed.key);
    }
  number_equals(std::move(keys));
  return orders;
}

}  // namespace casebridge::ohio_csenet
