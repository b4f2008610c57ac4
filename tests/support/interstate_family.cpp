// Both ledgers are made of the same twelve months, as the two states would write them.
#include "tests/support/interstate_family.hpp"

namespace casebridge::testing {
namespace {

using namespace model;

constexpr int months = 12;

Date day(const char* iso) { return *Date::parse(iso); }

// 2025-03-05, 2025-04-05 ... 2026-02-05
Date collected_on(int month) {
  return *Date::of(2025 + (month + 2) / 12, static_cast<unsigned>((month + 2) % 12) + 1, 5);
}
Money amount_of(int month) { return {40'000 + month * 100}; }

Payment payment(const std::string& key, Money amount, Date collected, Date posted, SourceClass source) {
  Payment made;
  made.key = key;
  made.amount = amount;
  made.collected = collected;
  made.posted = posted;
  made.source = source;
  made.status = PaymentStatus::applied;
  return made;
}

Disbursement paid_out(const std::string& key, const Payment& payment, Date date, RecipientClass recipient) {
  Disbursement made;
  made.key = key;
  made.amount = payment.amount;
  made.date = date;
  made.recipient = recipient;
  made.payment_keys = {payment.key};
  made.status = DisbursementStatus::issued;
  return made;
}

BalanceLine line(const char* key, Bucket bucket, std::int64_t cents, const char* as_of) {
  BalanceLine made;
  made.key = key;
  made.bucket = bucket;
  made.amount = {cents};
  made.as_of = day(as_of);
  made.is_aggregate = bucket == Bucket::total_arrears;
  return made;
}

Case case_of(const char* number, const char* other_state, const std::string& other_case, IntergovRole role,
             const StateSide& side) {
  Case made;
  made.key = made.number = number;
  made.status = CaseStatus::open;
  made.assistance = Assistance::never_assistance;
  made.viewer_role = Role::custodial_party;
  made.opened = day("2021-05-03");
  made.safety = side.safety;
  if (!side.names_the_other) return made;
  IntergovRef reference;
  reference.other_state = other_state;
  reference.other_case = side.other_case.empty() ? other_case : side.other_case;
  reference.my_role = role;
  made.intergov = {reference};
  return made;
}

Order controlling_order() {
  Order order;
  order.key = "O1";
  order.order_number = "2021-555-01";
  order.issuing_state = Text("TX");
  order.controlling = Controlling::determined;
  Obligation support;
  support.key = "B1";
  support.order_key = "O1";
  support.debt_type = DebtType::child_support;
  support.amount = {41'250};
  support.frequency = Frequency::monthly;
  support.starts = day("2021-06-01");
  order.obligations = {support};
  return order;
}

CaseContent content(Records of_case, Records orders, Records balances, Records payments, Records paid,
                    const char* as_of) {
  CaseContent made;
  const auto add = [&](Dataset dataset, Records records) {
    made.datasets.push_back({dataset, DatasetContent{std::move(records), day(as_of)}});
  };
  add(Dataset::cases, std::move(of_case));
  add(Dataset::orders, std::move(orders));
  add(Dataset::balances, std::move(balances));
  add(Dataset::payments, std::move(payments));
  add(Dataset::disbursements, std::move(paid));
  for (const Dataset dataset :
       {Dataset::enforcement, Dataset::events, Dataset::documents, Dataset::messages, Dataset::contacts})
    made.datasets.push_back({dataset, Unsupported{}});
  return made;
}

}  // namespace

CaseContent texas_side(const StateSide& side) {
  std::vector<Payment> payments;
  std::vector<Disbursement> paid;
  for (int month = 0; month < months; ++month) {
    const Date collected = collected_on(month);
    payments.push_back(payment("T" + std::to_string(month), amount_of(month), collected,
                               collected.plus_days(4), SourceClass::other_state));
    paid.push_back(paid_out("TD" + std::to_string(month), payments.back(), collected.plus_days(6),
                            RecipientClass::self));
  }
  return content(std::vector{case_of(texas_case, "OH", ohio_case, IntergovRole::initiating, side)},
                 std::vector{controlling_order()},
                 std::vector{line("total", Bucket::total_arrears, 500'000, "2026-03-01"),
                             line("interest", Bucket::interest, 32'000, "2026-03-01")},
                 std::move(payments), std::move(paid), "2026-03-01");
}

CaseContent ohio_side(const StateSide& side) {
  std::vector<Payment> payments;
  std::vector<Disbursement> forwarded;
  for (int month = 0; month < months; ++month) {
    const Date collected = collected_on(month);
    payments.push_back(payment("H" + std::to_string(month), amount_of(month), collected, collected,
                               SourceClass::withholding));
    forwarded.push_back(paid_out("HD" + std::to_string(month), payments.back(), collected.plus_days(1),
                                 RecipientClass::agency));
  }
  payments.push_back(
      payment("H12", {20'000}, day("2026-03-05"), day("2026-03-06"), SourceClass::withholding));
  return content(std::vector{case_of(ohio_case, "TX", "12345678", IntergovRole::responding, side)},
                 std::vector<Order>{},
                 std::vector{line("total", Bucket::total_arrears, 480'000, "2026-03-06")},
                 std::move(payments), std::move(forwarded), "2026-03-06");
}

}  // namespace casebridge::testing
