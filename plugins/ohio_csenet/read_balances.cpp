// Arrears stand in the first Order block, for the whole case. A blank amount is no line; zeros are a zero.
#include "plugins/ohio_csenet/datasets.hpp"

namespace casebridge::ohio_csenet {
namespace {

using model::BalanceLine;
using model::Bucket;

struct ArrearsFields {
  Bucket bucket;
  const char* key;
  Field amount, from, through;
};
constexpr ArrearsFields parts[] = {
    {Bucket::arrears_assigned, "assigned", order_field("Arrears-TANF-Amount"),
     order_field("Arrears-TANF-From-Date"), order_field("Arrears-TANF-Thru-Date")},
    {Bucket::arrears_family, "family", order_field("Arrears-Non-TANF-Amount"),
     order_field("Arrears-Non-TANF-From-Date"), order_field("Arrears-Non-TANF-Thru-Date")},
    {Bucket::foster_care_arrears, "foster_care", order_field("Foster-Care-Amount"),
     order_field("Foster-Care-From-Date"), order_field("Foster-Care-Thru-Date")},
    {Bucket::medical_arrears, "medical", order_field("Medical-Amount"), order_field("Medical-From-Date"),
     order_field("Medical-Thru-Date")}};

// Ohio does not say to whom assigned arrears belong; where it collects for one other state, they are that
// state's.
std::string assignee_of_assigned(const std::vector<model::IntergovRef>& references) {
  std::string state;
  for (const model::IntergovRef& reference : references) {
    if (reference.my_role.value != model::IntergovRole::responding) continue;
    if (reference.other_state.empty() || (!state.empty() && state != reference.other_state)) return "unknown";
    state = reference.other_state;
  }
  return state.empty() ? "unknown" : "state:" + state;
}

Known<std::string> assignee_of(Bucket bucket, const std::vector<model::IntergovRef>& references) {
  if (bucket == Bucket::arrears_assigned) return assignee_of_assigned(references);
  if (bucket == Bucket::arrears_family) return std::string("family");
  return Missing::not_provided;
}

BalanceLine line_of(Bucket bucket, std::string key, model::Money amount, const Known<model::Date>& as_of) {
  BalanceLine made;
  made.key = std::move(key);
  made.bucket = bucket;
  made.amount = amount;
  made.debt_type = Missing::unsupported;
  made.order_key = Missing::not_provided;
  made.as_of = as_of;
  return made;
}

}  // namespace

Known<model::Date> ledger_date(const CaseFile& file, const InterestNotice& interest) {
  return interest.as_of ? interest.as_of : file.first().date();
}

sdk::Answer<std::vector<BalanceLine>> read_balances(const CaseFile& file, const InterestNotice& interest) {
  std::vector<BalanceLine> lines;
  lines.reserve(std::size(parts) + 2);  // the total and the interest
  if (file.is_empty()) return lines;
  const auto as_of = ledger_date(file, interest);
  SDK_TRY(const auto references, read_references(file.first()));
  if (const Block* const block = file.first().first(BlockKind::order)) {
    for (const ArrearsFields& part : parts) {
      const auto amount = block->amount(part.amount);
      if (!amount) continue;
      BalanceLine line = line_of(part.bucket, part.key, *amount, as_of);
      line.assignee = assignee_of(part.bucket, references);
      line.period_from = block->date(part.from);
      line.period_to = block->date(part.through);
      lines.push_back(std::move(line));
    }
    if (const auto total = block->amount(order_field("Order-Arrears-Total-Amount"))) {
      // Told twice, so that one can be held against the other.
      if (interest.arrears && *interest.arrears != *total) return sdk::drift("information/GSTAI");
      lines.push_back(line_of(Bucket::total_arrears, "total", *total, as_of));
      lines.back().is_aggregate = true;
    }
  }
  // Zero says that the state charges none, which is no figure of its own.
  if (interest.interest && interest.interest->cents != 0)
    lines.push_back(line_of(Bucket::interest, "interest", *interest.interest, as_of));
  return lines;
}

}  // namespace casebridge::ohio_csenet
