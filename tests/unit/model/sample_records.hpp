// One well filled record of every dataset, for tests of the codecs and of what is made from records.
#pragma once

#include "core/model/adapter_messages.hpp"

namespace casebridge::model::sample {

inline Date day(std::string_view text) { return *Date::parse(text); }

inline Case a_case() {
  Case made;
  made.key = made.number = "0012345678";
  made.assistance = Assistance::former_assistance;
  made.status = CaseStatus::open;
  made.processing = Processing::delinquent_enforcement;
  made.viewer_role = Role::custodial_party;
  made.opened = day("2019-05-02");
  made.closed = Missing::absent;
  made.closure_reason = Missing::absent;
  made.locator = Text("4845300");
  Participant self{.key = "900001", .role = Role::custodial_party, .is_self = true};
  self.name = {.first = "Ana", .last = "Sample"};
  self.birth_date = day("1990-01-02");
  Participant other{.key = "900002", .role = Role::noncustodial_parent};
  other.name = {.first = "Ben", .middle = "Q", .last = "Example", .suffix = "Jr"};
  Participant child{.key = "900003", .role = Role::child};
  child.name = {.first = "Cleo", .last = "Sample"};
  child.birth_date = day("2015-06-07");
  made.participants = {self, other, child};
  IntergovRef away{.other_state = "OH", .my_role = IntergovRole::initiating};
  away.other_case = Text("7000000001");
  away.since = day("2021-02-03");
  made.intergov = {away};
  return made;
}

inline Obligation an_obligation() {
  Obligation made{
      .key = "O1-CS", .order_key = "O1", .debt_type = DebtType::child_support, .amount = Money{41250}};
  made.frequency = Frequency::monthly;
  made.arrears_amount = Money{5000};
  made.arrears_frequency = Coded<Frequency>(Frequency::monthly);
  made.starts = day("2019-06-01");
  made.ends = Missing::absent;
  return made;
}

inline Order an_order() {
  Order made{.key = "O1", .order_number = "2019-CS-0001"};
  made.issuing_state = Text("TX");
  made.type = OrderType::judicial;
  made.filed = day("2019-05-20");
  made.cancelled = Missing::absent;
  made.controlling = Controlling::determined;
  made.medical_ordered = true;
  made.obligations = {an_obligation()};
  return made;
}

inline BalanceLine a_balance() {
  BalanceLine made{.key = "B1", .bucket = Bucket::arrears_family, .amount = Money{-120050}};
  made.assignee = Text("family");
  made.as_of = day("2026-03-15");
  return made;
}

inline Payment a_payment() {
  Payment made{.key = "P1", .amount = Money{41250}, .collected = day("2026-03-01")};
  made.posted = day("2026-03-03");
  made.source = SourceClass::withholding;
  made.status = PaymentStatus::applied;
  made.reference = Text("REF-1");
  made.adjusts = Missing::absent;
  made.allocations = {{Bucket::current_due, Money{41250}}};
  return made;
}

inline Disbursement a_disbursement() {
  Disbursement made{.key = "D1", .amount = Money{41250}, .date = day("2026-03-04")};
  made.recipient = RecipientClass::self;
  made.method = DisbursementMethod::direct_deposit;
  made.instrument_last4 = Text("6789");
  made.payment_keys = {"P1"};
  made.status = DisbursementStatus::cleared;
  return made;
}

inline EnforcementAction an_action() {
  EnforcementAction made{.key = "E1", .kind = EnforcementKind::income_withholding};
  made.status = EnforcementStatus::active;
  made.date = day("2025-11-05");
  made.released = Missing::absent;
  made.detail = Text("Acme Widgets");
  return made;
}

inline Event an_event() {
  Event made{.key = "V1", .kind = EventKind::hearing, .starts_local = "2026-04-02T09:30"};
  made.ends_local = Text("2026-04-02T10:30");
  made.time_zone = "America/Chicago";
  made.place = Text("Court 5, Travis County");
  made.status = Text("scheduled");
  return made;
}

inline Document a_document() {
  Document made{.key = "F1", .title = "Notice of review", .kind = "notice", .date = day("2026-02-01")};
  made.media_type = "application/pdf";
  made.size_bytes = std::int64_t{20480};
  return made;
}

inline Message a_message() {
  Message made{
      .key = "M1", .thread_key = "T1", .direction = Direction::in, .sent_at = "2026-03-10T15:00:00Z"};
  made.subject = "Your question";
  made.body = "We received your papers.\nThank you.";
  made.read = false;
  return made;
}

inline ContactPoint a_contact() {
  ContactPoint made{.key = "C1", .kind = ContactKind::caseworker};
  made.name = Text("Dana Officer");
  made.office = "Austin Office";
  made.phone = Text("512-555-0101");
  made.address = {"1 Example Way", "Austin TX"};
  return made;
}

inline Records one_of(Dataset dataset) {
  switch (dataset) {
    case Dataset::cases: return std::vector<Case>{a_case()};
    case Dataset::orders: return std::vector<Order>{an_order()};
    case Dataset::balances: return std::vector<BalanceLine>{a_balance()};
    case Dataset::payments: return std::vector<Payment>{a_payment()};
    case Dataset::disbursements: return std::vector<Disbursement>{a_disbursement()};
    case Dataset::enforcement: return std::vector<EnforcementAction>{an_action()};
    case Dataset::events: return std::vector<Event>{an_event()};
    case Dataset::documents: return std::vector<Document>{a_document()};
    case Dataset::messages: return std::vector<Message>{a_message()};
    case Dataset::contacts: return std::vector<ContactPoint>{a_contact()};
  }
  return {};
}

inline CaseContent a_content() {
  CaseContent made;
  for (const Dataset dataset : all_datasets)
    made.datasets.push_back({dataset, DatasetContent{one_of(dataset), day("2026-03-15")}});
  return made;
}

}  // namespace casebridge::model::sample
