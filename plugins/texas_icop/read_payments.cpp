// Payments, a page at a time.
#include "plugins/texas_icop/codes.hpp"
#include "plugins/texas_icop/datasets.hpp"

namespace casebridge::texas_icop {
namespace {

model::Payment payment_of(const WireObject& row) {
  model::Payment made;
  made.key = row.key("paymentId");
  made.amount = row.amount("amount");
  made.collected = row.date("collectionDate");
  made.posted = row.date("postedDate");
  made.source = row.code("type", source_of);
  made.status = row.code("status", payment_status_of);
  made.reference = row.maybe_text("reference");
  made.adjusts = row.maybe_text("adjusts");
  for (const WireObject& part : row.maybe_list("applied"))
    made.allocations.push_back({part.code("bucket", bucket_of), part.amount("amount")});
  return made;
}

}  // namespace

void read_payments_page(const WireObject& page, KeyRing& seen, std::vector<model::Payment>& payments) {
  for (const WireObject& row : page.list("payments")) {
    model::Payment payment = payment_of(row);
    if (seen.first_seen(payment.key)) payments.push_back(std::move(payment));
  }
}

}  // namespace casebridge::texas_icop
