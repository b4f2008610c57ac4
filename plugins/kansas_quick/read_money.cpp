// Amounts of a case, and what came in and went out. Totals stay marked as totals, so that nobody adds them.
#include <initializer_list>

#include "plugins/kansas_quick/codes.hpp"
#include "plugins/kansas_quick/datasets.hpp"

namespace casebridge::kansas_quick {
namespace {

using model::Bucket;
using model::Money;

// An amount that the state does not tell is no line, and above all not zero.
void add_line(Amounts& made, Bucket bucket, const Known<Money>& amount, bool total) {
  if (!amount) return;
  model::BalanceLine line;
  line.key = std::string(model::name_of(bucket));
  line.bucket = bucket;
  line.amount = *amount;
  line.debt_type = Missing::unsupported;
  line.assignee = Missing::unsupported;
  line.period_from = Missing::unsupported;
  line.period_to = Missing::unsupported;
  line.order_key = Missing::unsupported;
  line.as_of = made.as_of;
  line.is_aggregate = total;
  made.lines.push_back(std::move(line));
}

// What the state has added up itself. If a sum is wrong, no figure of the answer can be believed.
void check_sum(const Record& answer, const char* name, const Known<Money>& total,
               std::initializer_list<Known<Money>> parts) {
  Money sum;
  for (const Known<Money>& part : parts) {
    if (!part) return;
    sum.cents += part->cents;
  }
  if (total && *total != sum) answer.breach(name);
}

// Made of what makes the record what it is. The source is written as the public class, because nothing finer
// may leave this adapter.
std::string derived_key(const Known<model::Date>& day, Money amount, std::string_view what) {
  return (day ? day->text() : "-") + "/" + amount.text() + "/" + std::string(what);
}

model::Payment payment_of(const Record& row, KeyRing& keys) {
  model::Payment made;
  made.collected = row.required_date(quick("Date"));
  made.posted = Missing::unsupported;
  made.amount = row.required_amount(quick("Amount"));
  const bool correction = made.amount.cents < 0;
  const std::string code = row.text(quick("SourceCode"));
  made.source = correction ? model::Coded<model::SourceClass>(model::SourceClass::adjustment)
                           : row.code(code, source_of);
  // What has only been received, waits or is held is not sent.
  made.status = model::PaymentStatus::applied;
  made.reference = Missing::unsupported;
  made.adjusts = correction ? Missing::not_provided : Missing::absent;
  const std::string source =
      made.source.raw.empty() ? std::string(model::name_of(made.source.value)) : made.source.raw;
  made.key = keys.unique(derived_key(made.collected, made.amount, source));
  return made;
}

model::Disbursement disbursement_of(const Record& row, KeyRing& keys) {
  model::Disbursement made;
  made.date = row.date(quick("Date"));
  made.amount = row.required_amount(quick("Amount"));
  const std::string whose = row.text(quick("RecipientClass"));
  made.recipient = row.code(whose, recipient_of);
  made.instrument_last4 = row.maybe_text(quick("InstrumentLast4"));
  made.key = keys.unique(derived_key(made.date, made.amount, whose));
  return made;
}

}  // namespace

Amounts read_amounts(const Record& answer, const std::string& state) {
  Amounts made;
  made.as_of = answer.date(quick("AsOfDate"));
  const auto support = answer.amount(quick("MonthlySupportAmount"));
  made.arrears_payment = answer.amount(services("ChildSupportArrearsPaymentAmount"));
  const auto other = answer.amount(quick("OtherMonthlyAmount"));
  const auto monthly = answer.amount(quick("TotalMonthlyAmount"));
  check_sum(answer, "TotalMonthlyAmount", monthly, {support, made.arrears_payment, other});
  add_line(made, Bucket::monthly_due, monthly, true);
  const auto last = answer.amount(quick("LastPaymentAmount"));
  // Without a day there was no payment yet, whatever stands for its amount.
  if (const auto day = answer.date(quick("LastPaymentDate")); day && last) {
    add_line(made, Bucket::last_payment, last, true);
    made.lines.back().period_from = *day;
    made.lines.back().period_to = *day;
  }
  const auto arrears = answer.amount(services("ChildSupportTotalArrearsAmount"));
  add_line(made, Bucket::total_arrears, arrears, true);
  const auto assigned = answer.amount(services("ChildSupportAssignedArrearsAmount"));
  add_line(made, Bucket::arrears_assigned, assigned, false);
  if (assigned) made.lines.back().assignee = "state:" + state;
  const auto interest = answer.amount(quick("TotalInterestOwed"));
  const auto fees = answer.amount(services("ChildSupportFeesAmount"));
  const auto judgment = answer.amount(quick("TotalJudgmentAmount"));
  const auto owed = answer.amount(quick("TotalOwedAmount"));
  add_line(made, Bucket::interest, interest, false);
  add_line(made, Bucket::fee, fees, false);
  add_line(made, Bucket::judgment, judgment, false);
  check_sum(answer, "TotalOwedAmount", owed, {arrears, interest, fees, judgment});
  add_line(made, Bucket::total_owed, owed, true);
  return made;
}

std::vector<model::Payment> read_payments(const Record& list, model::Date from) {
  std::vector<model::Payment> payments;
  KeyRing keys;
  for (const Record& row : list.list(quick("Payment"))) {
    model::Payment made = payment_of(row, keys);
    if (made.collected && *made.collected < from)
      row.reading().left_out();
    else
      payments.push_back(std::move(made));
  }
  return payments;
}

std::vector<model::Disbursement> read_disbursements(const Record& list, model::Date from) {
  std::vector<model::Disbursement> disbursements;
  KeyRing keys;
  for (const Record& row : list.list(quick("Disbursement"))) {
    model::Disbursement made = disbursement_of(row, keys);
    if (made.date && *made.date < from)
      row.reading().left_out();
    else
      disbursements.push_back(std::move(made));
  }
  return disbursements;
}

}  // namespace casebridge::kansas_quick
