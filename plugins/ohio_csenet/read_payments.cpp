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
sdk::Answer<model::Payment> payment_of(const Block& block, KeyRing& keys) {
  model::Payment made;
  const auto amount = block.amount(amount_field);
  if (!amount) return sdk::drift("collection/Payment-Amount");
  made.amount = *amount;
  made.collected = block.date(collection_field("Date-Of-Collection"));
  made.posted = block.date(collection_field("Date-Of-Posting"));
  made.source = source_of(block.code(source_field), made.amount);
  // What has only been received, waits or is held is not sent.
  made.status = model::PaymentStatus::applied;
  made.reference = Missing::unsupported;
  made.adjusts = made.amount.cents < 0 ? Missing::not_provided : Missing::absent;
  made.is_memo = is_memo(block);
  const std::string source =
      made.source.raw.empty() ? std::string(model::name_of(made.source.value)) : made.source.raw;
  const std::string key = derived_key(
      {key_part(made.collected), key_part(made.posted), std::to_string(made.amount.cents), source});
  made.key = keys.unique(made.is_memo ? "memo/" + key : key);
  return made;
}

}  // namespace

sdk::Answer<std::vector<model::Payment>> read_payments(const CaseFile& file, const Inbox& inbox) {
  std::vector<model::Payment> payments;
  KeyRing keys;
  if (!file.is_empty())
    for (const Block* block : file.collections()) {
      SDK_TRY(model::Payment payment, payment_of(*block, keys));
      payments.push_back(std::move(payment));
    }
  for (const Transaction& line : inbox) {
    if (!line.is("COL", "P", "CITAX")) continue;
    for (const Block* block : line.all(BlockKind::collection)) {
      // With another method it tells of a collection that is in the case already.
      if (!is_memo(*block)) continue;
      SDK_TRY(model::Payment memo, payment_of(*block, keys));
      payments.push_back(std::move(memo));
    }
  }
  return payments;
}

}  // namespace casebridge::ohio_csenet
