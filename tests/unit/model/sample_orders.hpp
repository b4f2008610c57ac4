// One of every order to a state, and what a state answers, each with all its members.
#pragma once

#include "core/model/write_messages.hpp"

namespace casebridge::model::sample {

inline const std::string write_id = "6f1c2f0e-6a1d-4f0b-9a0e-0d5b3f6b7a11";
inline Date a_day() { return *Date::parse("2026-04-15"); }

inline RequestOrder a_request() {
  RequestOrder order{.write_id = write_id, .case_key = "7", .kind = "payment_plan", .reason = "income"};
  order.text = "please";
  order.document_keys = {"UP-0001"};
  order.from = order.to = order.first_date = a_day();
  order.installment = Money{7500};
  order.frequency = Frequency::monthly;
  return order;
}

// In the order of WriteOrder.
inline std::vector<WriteOrder> one_order_of_each() {
  std::vector<WriteOrder> all;
  all.emplace_back(ContactUpdate{write_id, Address{"1 Example Way", "", "Austin", "TX", "78701"},
                                 "5125550143", "pat@example.com"});
  all.emplace_back(PaymentOrder{write_id, "7", Money{12500}, "PM-1", SecretBytes::copy_of("vt_1"),
                                "https://gateway.example/r", a_day(), "arrears", Money{255}});
  all.emplace_back(PaymentMethodOrder{write_id, SecretBytes::copy_of("vt_1")});
  all.emplace_back(PaymentMethodRemoval{write_id, "PM-1"});
  all.emplace_back(RecurringOrder{write_id, "7", Money{10000}, "PM-1", SecretBytes::copy_of("vt_1"),
                                  Frequency::monthly, a_day(), a_day()});
  all.emplace_back(RecurringCancel{write_id, "7", "RP-9"});
  all.emplace_back(MessageOrder{write_id, "7", "T1", "payment", "New employer", "I changed jobs."});
  all.emplace_back(DocumentUpload{write_id, "7", "income", "Pay stub", "stub.pdf", "application/pdf",
                                  SecretBytes::copy_of("%PDF")});
  all.emplace_back(a_request());
  return all;
}

inline Receipt a_receipt() {
  Receipt receipt{
      .key = "PR-17", .state = "needs_parent", .confirmation = "TXP-17", .url = "https://pay.test/h"};
  receipt.url_expires_at = receipt.updated_at = parse_instant("2026-03-16T14:30:00Z");
  receipt.effective = a_day();
  receipt.fee = Money{255};
  receipt.thread_key = "T1";
  receipt.upstream_text = "in review";
  return receipt;
}

inline PaymentOptions some_options() {
  PaymentOptions options;
  options.methods.push_back({"PM-1", "bank", "usable", "CHECKING", "6789", a_day(), "2027-09"});
  options.recurring.push_back({"RP-9", "active", Money{10000}, "PM-1", Frequency::monthly, a_day()});
  options.plans.push_back({"PLAN-77", "active", Money{261075}, Money{15000},
                           Coded<Frequency>::unrecognised("FORTNIGHT"), a_day(), a_day(), Money{15000}});
  return options;
}

inline RecoveryQuery a_recovery() {
  RecoveryQuery query{.what = "pin", .channel = "post"};
  query.fields.emplace("participant_id", SecretBytes::copy_of("0100200300400"));
  return query;
}

}  // namespace casebridge::model::sample
