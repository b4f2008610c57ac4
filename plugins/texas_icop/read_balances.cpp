// Balance lines; totals stay marked as totals, so that nobody adds them to what they are made of.
#include "plugins/texas_icop/codes.hpp"
#include "plugins/texas_icop/datasets.hpp"

namespace casebridge::texas_icop {
namespace {

bool is_total(model::Bucket bucket) {
  return bucket == model::Bucket::total_arrears || bucket == model::Bucket::total_owed;
}

// What a line is about: its bucket, to whom it is owed and from when; its end moves from month to month.
model::BalanceLine line_of(const WireObject& row, KeyRing& keys) {
  model::BalanceLine made;
  made.bucket = row.code("bucket", bucket_of);
  made.debt_type = Missing::unsupported;
  made.amount = row.amount("amount");
  const std::string assigned_to = row.key("assignedTo");
  made.assignee = assignee_of(assigned_to);
  made.period_from = row.date("fromDate");
  made.period_to = row.date("toDate");
  made.order_key = Missing::unsupported;
  made.as_of = row.date("asOf");
  made.is_aggregate = row.flag("isTotal") || is_total(made.bucket.value);
  made.key = keys.unique(derived_key({row.text("bucket"), assigned_to, key_part(made.period_from)}));
  return made;
}

}  // namespace

std::vector<model::BalanceLine> read_balances(const WireObject& root) {
  std::vector<model::BalanceLine> lines;
  KeyRing keys;
  for (const WireObject& row : root.list("balances")) lines.push_back(line_of(row, keys));
  return lines;
}

}  // namespace casebridge::texas_icop
