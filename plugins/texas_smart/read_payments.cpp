// Payments, a page at a time.
#include "plugins/texas_smart/codes.hpp"
#include "plugins/texas_smart/datasets.hpp"

namespace casebridge::texas_smart {
namespace {

model::Payment payment_of(const Record& row) {
  model::Payment made;
  made.key = row.mark("id");
  made.amount = row.amount("Amount");
  made.collected = row.required_date("Collected");
  made.posted = row.date("Posted");
  made.source = row.code(row.text("Type"), source_of);
  made.status = row.code(row.text("Status"), payment_status_of);
  made.reference = row.maybe_text("Reference");
  made.adjusts = row.maybe_text("Adjusts");
  return made;
}

int number_mark(const Record& answer, std::string_view name) {
  const std::string digits = answer.mark(name);
  int number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9' || number > 99'999) {
      answer.breach(name);
      return 0;
    }
    number = number * 10 + (c - '0');
  }
  return number;
}

}  // namespace

PaymentsPage read_payments(const Record& answer, const std::string& case_number, int page) {
  PaymentsPage made;
  if (answer.mark("case") != case_number) answer.breach("case");
  if (number_mark(answer, "page") != page) answer.breach("page");
  made.pages = number_mark(answer, "pages");
  for (const Record& row : answer.list("Payment")) made.payments.push_back(payment_of(row));
  return made;
}

}  // namespace casebridge::texas_smart
