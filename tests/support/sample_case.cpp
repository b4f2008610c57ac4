// Amounts and dates are chosen so that every figure in a test can be told apart.
#include "tests/support/sample_case.hpp"

#include <algorithm>

namespace casebridge::testing {
namespace {

using model::Dataset;

model::Case case_of(const SampleCase& sample) {
  model::Case made;
  made.key = sample.key;
  made.number = sample.key;
  made.assistance = model::Assistance::never_assistance;
  made.status = model::CaseStatus::open;
  made.processing = model::Processing::collection;
  made.viewer_role = model::Role::custodial_party;
  made.opened = day("2021-05-03");
  made.closed = Missing::absent;
  made.safety = sample.safety;
  model::Participant self;
  self.key = "M1";
  self.role = model::Role::custodial_party;
  self.is_self = true;
  self.name = {"PRIYA", "", "HALE", "", "", false};
  made.participants.push_back(std::move(self));
  return made;
}

std::vector<model::Order> orders() {
  model::Order order;
  order.key = "O1";
  order.order_number = "2021-555-01";
  order.type = model::OrderType::judicial;
  order.controlling = model::Controlling::determined;
  order.effective = day("2021-06-01");
  model::Obligation support;
  support.order_key = "O1";
  support.debt_type = model::DebtType::child_support;
  support.amount = {41250};
  support.frequency = model::Frequency::monthly;
  support.starts = day("2021-06-01");
  order.obligations.push_back(std::move(support));
  return {order};
}

std::vector<model::BalanceLine> balances() {
  model::BalanceLine line;
  line.key = "arrears_family";
  line.bucket = model::Bucket::arrears_family;
  line.amount = {500000};
  line.as_of = day("2026-03-15");
  return {line};
}

std::vector<model::Payment> payments(const std::vector<std::int64_t>& cents) {
  std::vector<model::Payment> made;
  for (std::size_t i = 0; i < cents.size(); ++i) {
    model::Payment payment;
    payment.key = "P" + std::to_string(i);
    payment.amount = {cents[i]};
    payment.collected = day("2026-01-05").plus_days(static_cast<int>(i) * 31);
    payment.source = model::SourceClass::withholding;
    payment.status = model::PaymentStatus::applied;
    made.push_back(std::move(payment));
  }
  return made;
}

std::vector<model::Event> events(const SampleCase& sample) {
  model::Event hearing;
  hearing.key = "E1";
  hearing.kind = model::EventKind::hearing;
  hearing.starts_local = "2026-04-02T09:00";
  hearing.time_zone = "America/Chicago";
  hearing.place = sample.hearing_place;
  return {hearing};
}

std::vector<model::ContactPoint> contacts(const SampleCase& sample) {
  model::ContactPoint centre;
  centre.key = "C1";
  centre.kind = model::ContactKind::call_centre;
  centre.office = "Call centre";
  centre.phone = model::Text("512-555-0101");
  std::vector<model::ContactPoint> made{centre};
  if (!sample.with_caseworker) return made;
  model::ContactPoint worker = centre;
  worker.key = "C2";
  worker.kind = model::ContactKind::caseworker;
  worker.office = "Field office";
  made.push_back(std::move(worker));
  return made;
}

model::Records records_of(const SampleCase& sample, Dataset dataset) {
  switch (dataset) {
    case Dataset::cases: return std::vector<model::Case>{case_of(sample)};
    case Dataset::orders: return orders();
    case Dataset::balances: return balances();
    case Dataset::payments: return payments(sample.payment_cents);
    case Dataset::disbursements: return std::vector<model::Disbursement>{};
    case Dataset::enforcement: return std::vector<model::EnforcementAction>{};
    case Dataset::events: return events(sample);
    case Dataset::documents: return std::vector<model::Document>{};
    case Dataset::messages: return std::vector<model::Message>{};
    case Dataset::contacts: return contacts(sample);
  }
  return std::vector<model::Case>{};
}

}  // namespace

model::Date day(const char* iso) { return *model::Date::parse(iso); }

model::CaseContent content_of(const SampleCase& sample) {
  model::CaseContent content;
  for (const Dataset dataset : model::all_datasets) {
    const auto failing = std::find_if(sample.failing.begin(), sample.failing.end(),
                                      [&](const auto& one) { return one.first == dataset; });
    if (failing != sample.failing.end()) {
      content.datasets.push_back({dataset, failing->second});
    } else if (dataset == Dataset::messages) {
      content.datasets.push_back({dataset, model::Unsupported{}});
    } else {
      content.datasets.push_back(
          {dataset, model::DatasetContent{records_of(sample, dataset), day("2026-03-15")}});
    }
  }
  return content;
}

model::CaseList list_of(const std::vector<std::string>& keys) {
  model::CaseList list;
  for (const std::string& key : keys) list.cases.push_back({key});
  return list;
}

}  // namespace casebridge::testing
