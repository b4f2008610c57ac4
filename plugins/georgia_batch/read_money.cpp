// Balances, payments of both files, disbursements.
#include <algorithm>

#include "core/base/text.hpp"
#include "plugins/georgia_batch/codes.hpp"
#include "plugins/georgia_batch/kept_case.hpp"
#include "plugins/georgia_batch/unique_keys.hpp"
#include "plugins/georgia_batch/wire_values.hpp"

namespace casebridge::georgia_batch {
namespace {

using RowText = std::vector<std::string>;

// Nights after that of the bank file, without the payment in the extract.
constexpr std::int64_t nights_until_pending = 5;

model::Money amount_of(std::string_view text) { return {parse_amount(text).value_or(0)}; }

model::Payment extract_payment(const RowText& row) {
  model::Payment made;
  made.key = field(row, 2);
  made.amount = amount_of(field(row, 3));
  made.collected = known_date(field(row, 4));
  made.posted = known_date(field(row, 5));
  made.source = source_of(field(row, 6));
  made.status = coded<model::PaymentStatus>(field(row, 7));
  made.reference = known_text(field(row, 8));
  made.adjusts = known_text(field(row, 9));
  return made;
}

model::Payment bank_payment(const RowText& row, const RunLedger& ledger) {
  model::Payment made;
  made.key = "eft/" + row[3] + "/" + row[4];
  made.amount = {text::parse_int(field(row, 6)).value_or(0)};
  made.collected = known_date(field(row, 5));
  made.posted = known_date(field(row, 4));
  made.source = source_of_application(field(row, 7));
  const auto run = RunId::parse(field(row, 2));
  const bool old = !run || ledger.nights_from(*run) > nights_until_pending;
  made.status = old ? model::PaymentStatus::pending : model::PaymentStatus::received;
  made.reference = known_text(field(row, 3));
  made.adjusts = made.amount.cents < 0 ? Missing::not_provided : Missing::absent;
  return made;
}

}  // namespace

std::vector<model::BalanceLine> read_balances(const KeptCase& kept) {
  std::vector<model::BalanceLine> lines;
  UniqueKeys keys;
  for (const RowText* row : kept.all("BAL")) {
    model::BalanceLine made;
    made.bucket = coded<model::Bucket>(field(*row, 2));
    made.amount = amount_of(field(*row, 3));
    made.assignee = known_text(field(*row, 4));
    made.period_from = known_date(field(*row, 5));
    made.period_to = known_date(field(*row, 6));
    made.as_of = known_date(field(*row, 7));
    made.is_aggregate = field(*row, 8) == "Y";
    made.debt_type = Missing::unsupported;
    made.order_key = Missing::unsupported;
    std::string key(field(*row, 2));
    for (const std::size_t at : {std::size_t{4}, std::size_t{5}, std::size_t{6}})
      key.append("/").append(field(*row, at));
    made.key = keys.unique(std::move(key));
    lines.push_back(std::move(made));
  }
  return lines;
}

std::vector<model::Payment> read_payments(const KeptCase& kept, const RunLedger& ledger) {
  std::vector<model::Payment> payments;
  UniqueKeys keys;
  for (const RowText* row : kept.all("PAY")) payments.push_back(extract_payment(*row));
  for (const RowText* row : kept.all("ACH")) {
    const bool in_extract = std::any_of(payments.begin(), payments.end(), [&](const model::Payment& one) {
      return one.reference == known_text(field(*row, 3)) && one.posted == known_date(field(*row, 4));
    });
    // Nothing was paid: a notice only.
    if (in_extract || field(*row, 6) == "0") continue;
    payments.push_back(bank_payment(*row, ledger));
  }
  for (model::Payment& one : payments) one.key = keys.unique(std::move(one.key));
  return payments;
}

std::vector<model::Disbursement> read_disbursements(const KeptCase& kept) {
  std::vector<model::Disbursement> made;
  UniqueKeys keys;
  for (const RowText* row : kept.all("DIS")) {
    model::Disbursement one;
    one.key = keys.unique(std::string(field(*row, 2)));
    one.amount = amount_of(field(*row, 3));
    one.date = known_date(field(*row, 4));
    one.recipient =
        recipient_of(field(*row, 5), kept.is_alone_in_role ? std::optional(kept.role) : std::nullopt);
    one.method = coded<model::DisbursementMethod>(field(*row, 6));
    // Somebody else's account never gets further than this.
    one.instrument_last4 = one.recipient.value == model::RecipientClass::self
                               ? known_text(field(*row, 7))
                               : Known<std::string>(Missing::not_provided);
    for (std::string& key : text::split(field(*row, 8), '|'))
      if (!key.empty()) one.payment_keys.push_back(std::move(key));
    one.status = coded<model::DisbursementStatus>(field(*row, 9));
    made.push_back(std::move(one));
  }
  return made;
}

}  // namespace casebridge::georgia_batch
