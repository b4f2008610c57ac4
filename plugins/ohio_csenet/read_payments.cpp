// Collections of the case, and memos of offsets that another state keeps.
#include <algorithm>

#include "plugins/ohio_csenet/codes.hpp"
#include "plugins/ohio_csenet/datasets.hpp"
#include "plugins/ohio_csenet/keys.hpp"

namespace casebridge::ohio_csenet {
namespace {

constexpr Field amount_field = collection_field("Payment-Amount");
constexpr Field source_field = collection_field("Payment-Source");
constexpr Field method_field = collection_field("Interstate-Payment-Method");

// Money of a federal offset that is not sent: method "other".
bool is_memo(const Block& block) {
  return block.code(method_field) == 'O' && block.code(source_field) == 'I';
}

// The key is made of what the state calls a payment's own: its dates, amount and source. The source is
// written as the public class, because nothing finer may leave this adapter.
std::string key_of(const model::Payment& payment) {
  const std::string_view source = payment.source.raw.empty() ? model::name_of(payment.source.value)
                                                             : std::string_view(payment.source.raw);
  const std::string collected = key_part(payment.collected), posted = key_part(payment.posted);
  const std::string cents = std::to_string(payment.amount.cents);
  if (payment.is_memo) return derived_key({"memo", collected, posted, cents, source});
  return derived_key({collected, posted, cents, source});
}

// Adds the payment of a block; false when it has no amount.
bool add_payment(const Block& block, std::vector<model::Payment>& payments) {
  const auto amount = block.amount(amount_field);
  if (!amount) return false;
  model::Payment& made = payments.emplace_back();
  made.amount = *amount;
  made.collected = block.date(collection_field("Date-Of-Collection"));
  made.posted = block.date(collection_field("Date-Of-Posting"));
  made.source = source_of(block.code(source_field), made.amount);
  // What has only been received, waits or is held is not sent.
  made.status = model::PaymentStatus::applied;
  made.reference = Missing::unsupported;
  made.adjusts = made.amount.cents < 0 ? Missing::not_provided : Missing::absent;
  made.is_memo = is_memo(block);
  made.key = key_of(made);
  return true;
}

}  // namespace

sdk::Answer<std::vector<model::Payment>> read_payments(const CaseFile& file, const Inbox& inbox) {
  std::vector<model::Payment> payments;
  payments.reserve(file.collections());
  for (const Transaction& line : file.lines())
    for (const Block& block : line.all(BlockKind::collection))
      if (!file.is_empty() && !add_payment(block, payments)) return sdk::drift("collection/Payment-Amount");
  for (const Transaction& line : inbox) {
    if (!line.is("COL", "P", "CITAX")) continue;
    for (const Block& block : line.all(BlockKind::collection))
      // With another method it tells of a collection that is in the case already.
      if (is_memo(block) && !add_payment(block, payments)) return sdk::drift("collection/Payment-Amount");
  }
  number_equals(payments);
  return payments;
}

}  // namespace casebridge::ohio_csenet
