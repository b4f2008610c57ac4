// Disbursements, a page at a time.
#include "plugins/texas_icop/codes.hpp"
#include "plugins/texas_icop/datasets.hpp"

namespace casebridge::texas_icop {
namespace {

// Somebody else's account never gets further than this, even if the state should send it.
Known<std::string> last_four_of(const WireObject& row, model::RecipientClass recipient) {
  Known<std::string> digits = row.maybe_text("last4");
  if (digits && digits->size() != 4) row.breach("last4");
  if (recipient != model::RecipientClass::self) return Missing::not_provided;
  return digits;
}

model::Disbursement disbursement_of(const WireObject& row) {
  model::Disbursement made;
  made.key = row.key("disbursementId");
  made.amount = row.amount("amount");
  made.date = row.date("date");
  made.recipient = row.code("paidTo", recipient_of);
  made.method = row.code("method", method_of);
  made.instrument_last4 = last_four_of(row, made.recipient.value);
  made.payment_keys = row.texts("paymentIds");
  made.status = row.code("status", disbursement_status_of);
  return made;
}

}  // namespace

void read_disbursements_page(const WireObject& page, KeyRing& seen,
                             std::vector<model::Disbursement>& disbursements) {
  for (const WireObject& row : page.list("disbursements")) {
    model::Disbursement disbursement = disbursement_of(row);
    if (seen.first_seen(disbursement.key)) disbursements.push_back(std::move(disbursement));
  }
}

}  // namespace casebridge::texas_icop
