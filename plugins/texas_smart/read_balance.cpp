// Balance lines; totals stay marked as totals, so that nobody adds them to what they are made of.
#include <algorithm>

#include "plugins/texas_smart/codes.hpp"
#include "plugins/texas_smart/datasets.hpp"

namespace casebridge::texas_smart {
namespace {

bool is_total(model::Bucket bucket) {
  return bucket == model::Bucket::total_arrears || bucket == model::Bucket::total_owed;
}

Known<std::string> assignee_of(model::Bucket bucket, const std::string& state) {
  if (bucket == model::Bucket::arrears_family) return std::string("family");
  if (bucket == model::Bucket::arrears_assigned) return "state:" + state;
  return Missing::unsupported;
}

model::BalanceLine line_of(const Record& row, const std::string& kind, model::Money amount,
                           const std::string& state) {
  model::BalanceLine made;
  made.key = kind;
  made.bucket = row.code(kind, bucket_of);
  made.debt_type = Missing::unsupported;
  made.amount = amount;
  made.assignee = assignee_of(made.bucket.value, state);
  made.period_from = Missing::unsupported;
  made.period_to = Missing::unsupported;
  made.order_key = Missing::unsupported;
  made.is_aggregate = row.flag_mark("total") || is_total(made.bucket.value);
  return made;
}

}  // namespace

Balance read_balance(const Record& answer, const std::string& case_number, const std::string& state) {
  Balance made;
  if (answer.mark("case") != case_number) answer.breach("case");
  made.as_of = answer.date_mark("asOf");
  std::vector<std::string> seen;
  for (const Record& row : answer.list("Amount")) {
    const std::string kind = row.mark("kind");
    // The state adds up lines of one kind itself; which of two would be right, nobody can say.
    if (std::find(seen.begin(), seen.end(), kind) != seen.end()) row.breach("kind");
    seen.push_back(kind);
    // An amount that the state does not tell is no line, and above all not zero.
    if (const auto amount = row.own_amount()) made.lines.push_back(line_of(row, kind, *amount, state));
  }
  for (model::BalanceLine& line : made.lines) line.as_of = made.as_of;
  if (!made.lines.empty() && !made.as_of) answer.breach("asOf");
  return made;
}

}  // namespace casebridge::texas_smart
