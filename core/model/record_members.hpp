// The members of every record, in the order in which they are written; writing and reading share this list.
#pragma once

#include <concepts>
#include <type_traits>

#include "core/model/records.hpp"

namespace casebridge::model {

// Either the record itself (reading fills it) or a constant one (writing looks at it).
template <class R, class Record>
concept Some = std::same_as<std::remove_const_t<R>, Record>;

template <class A, Some<PersonName> R>
void describe(A& a, R& r) {
  a.member("first", r.first);
  a.member("middle", r.middle);
  a.member("last", r.last);
  a.member("suffix", r.suffix);
  a.member("organisation", r.organisation);
  a.member("truncated", r.truncated);
}

template <class A, Some<Address> R>
void describe(A& a, R& r) {
  a.member("line1", r.line1);
  a.member("line2", r.line2);
  a.member("city", r.city);
  a.member("state", r.state);
  a.member("zip", r.zip);
}

template <class A, Some<Participant> R>
void describe(A& a, R& r) {
  a.member("key", r.key);
  a.member("role", r.role);
  a.member("is_self", r.is_self);
  a.member("active", r.active);
  a.member("name", r.name);
  a.member("birth_date", r.birth_date);
  a.member("relation_to_cp", r.relation_to_cp);
}

template <class A, Some<IntergovRef> R>
void describe(A& a, R& r) {
  a.member("other_state", r.other_state);
  a.member("other_locator", r.other_locator);
  a.member("other_case", r.other_case);
  a.member("my_role", r.my_role);
  a.member("since", r.since);
}

template <class A, Some<Case> R>
void describe(A& a, R& r) {
  a.member("key", r.key);
  a.member("number", r.number);
  a.member("assistance", r.assistance);
  a.member("status", r.status);
  a.member("processing", r.processing);
  a.member("viewer_role", r.viewer_role);
  a.member("opened", r.opened);
  a.member("closed", r.closed);
  a.member("closure_reason", r.closure_reason);
  a.member("locator", r.locator);
  a.member("participants", r.participants);
  a.member("intergov", r.intergov);
  a.member("safety", r.safety);
}

template <class A, Some<Obligation> R>
void describe(A& a, R& r) {
  a.member("key", r.key);
  a.member("order_key", r.order_key);
  a.member("debt_type", r.debt_type);
  a.member("amount", r.amount);
  a.member("frequency", r.frequency);
  a.member("arrears_amount", r.arrears_amount);
  a.member("arrears_frequency", r.arrears_frequency);
  a.member("starts", r.starts);
  a.member("ends", r.ends);
  a.member("concurrent", r.concurrent);
}

template <class A, Some<Order> R>
void describe(A& a, R& r) {
  a.member("key", r.key);
  a.member("order_number", r.order_number);
  a.member("docket", r.docket);
  a.member("issuing_state", r.issuing_state);
  a.member("issuing_locator", r.issuing_locator);
  a.member("tribunal", r.tribunal);
  a.member("type", r.type);
  a.member("filed", r.filed);
  a.member("effective", r.effective);
  a.member("ends", r.ends);
  a.member("cancelled", r.cancelled);
  a.member("controlling", r.controlling);
  a.member("medical_ordered", r.medical_ordered);
  a.member("obligations", r.obligations);
}

template <class A, Some<BalanceLine> R>
void describe(A& a, R& r) {
  a.member("key", r.key);
  a.member("bucket", r.bucket);
  a.member("debt_type", r.debt_type);
  a.member("amount", r.amount);
  a.member("assignee", r.assignee);
  a.member("period_from", r.period_from);
  a.member("period_to", r.period_to);
  a.member("order_key", r.order_key);
  a.member("as_of", r.as_of);
  a.member("is_aggregate", r.is_aggregate);
}

template <class A, Some<Allocation> R>
void describe(A& a, R& r) {
  a.member("bucket", r.bucket);
  a.member("amount", r.amount);
}

template <class A, Some<Payment> R>
void describe(A& a, R& r) {
  a.member("key", r.key);
  a.member("amount", r.amount);
  a.member("collected", r.collected);
  a.member("posted", r.posted);
  a.member("source", r.source);
  a.member("status", r.status);
  a.member("reference", r.reference);
  a.member("adjusts", r.adjusts);
  a.member("is_memo", r.is_memo);
  a.member("allocations", r.allocations);
}

template <class A, Some<Disbursement> R>
void describe(A& a, R& r) {
  a.member("key", r.key);
  a.member("amount", r.amount);
  a.member("date", r.date);
  a.member("recipient", r.recipient);
  a.member("method", r.method);
  a.member("instrument_last4", r.instrument_last4);
  a.member("payment_keys", r.payment_keys);
  a.member("status", r.status);
}

template <class A, Some<EnforcementAction> R>
void describe(A& a, R& r) {
  a.member("key", r.key);
  a.member("kind", r.kind);
  a.member("status", r.status);
  a.member("date", r.date);
  a.member("released", r.released);
  a.member("detail", r.detail);
}

template <class A, Some<Event> R>
void describe(A& a, R& r) {
  a.member("key", r.key);
  a.member("kind", r.kind);
  a.local_time("starts_local", r.starts_local);
  a.local_time("ends_local", r.ends_local);
  a.member("time_zone", r.time_zone);
  a.member("place", r.place);
  a.member("status", r.status);
}

template <class A, Some<Document> R>
void describe(A& a, R& r) {
  a.member("key", r.key);
  a.member("title", r.title);
  a.member("kind", r.kind);
  a.member("date", r.date);
  a.member("media_type", r.media_type);
  a.member("size_bytes", r.size_bytes);
}

template <class A, Some<Message> R>
void describe(A& a, R& r) {
  a.member("key", r.key);
  a.member("thread_key", r.thread_key);
  a.member("direction", r.direction);
  a.instant_text("sent_at", r.sent_at);
  a.member("subject", r.subject);
  a.member("body", r.body);
  a.member("read", r.read);
}

template <class A, Some<ContactPoint> R>
void describe(A& a, R& r) {
  a.member("key", r.key);
  a.member("kind", r.kind);
  a.member("name", r.name);
  a.member("office", r.office);
  a.member("phone", r.phone);
  a.member("extension", r.extension);
  a.member("email", r.email);
  a.member("hours", r.hours);
  a.member("address", r.address);
}

template <class A, Some<Profile> R>
void describe(A& a, R& r) {
  a.member("mailing_address", r.mailing_address);
  a.member("phone", r.phone);
  a.member("email", r.email);
}

}  // namespace casebridge::model
