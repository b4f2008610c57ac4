// The members of every order and receipt, in the order in which they are written; reading shares the list.
#include "core/model/write_codec.hpp"

#include <array>

#include "core/model/member_reader.hpp"
#include "core/model/member_writer.hpp"
#include "core/model/record_members.hpp"

namespace casebridge::model {
namespace {

using Words = std::string_view;
constexpr auto apply_words = std::to_array<Words>({"", "current", "arrears"});
constexpr auto topic_words = std::to_array<Words>({"", "payment", "address", "review", "other"});
constexpr auto upload_kinds = std::to_array<Words>({"income", "identity", "court", "other"});
constexpr auto request_kinds =
    std::to_array<Words>({"review", "modification", "pay_record", "payment_plan", "other"});
constexpr auto request_reasons =
    std::to_array<Words>({"", "income", "custody", "medical", "incarceration", "three_year", "other"});
constexpr auto receipt_states =
    std::to_array<Words>({"taken", "in_work", "needs_parent", "needs_confirmation", "scheduled", "done",
                          "refused", "cancelled", "failed", "expired", "unknown"});
constexpr auto method_kinds = std::to_array<Words>({"bank", "card"});
constexpr auto method_states = std::to_array<Words>({"usable", "pending", "failed"});
constexpr auto recurring_states = std::to_array<Words>({"active", "cancelled"});
constexpr auto plan_states = std::to_array<Words>({"requested", "active", "completed", "broken"});
constexpr auto recovered_things = std::to_array<Words>({"user_name", "password", "pin"});
constexpr auto recovery_channels = std::to_array<Words>({"", "email", "phone", "post"});
constexpr auto recovery_steps =
    std::to_array<Words>({"check_email", "check_phone", "check_post", "open_page", "contact_agency"});

struct WriteNames {
  Words operation, schema;
};
// In the order of WriteOrder.
constexpr auto writes = std::to_array<WriteNames>({{"contact.update", "contact_update"},
                                                   {"payment.create", "payment_order"},
                                                   {"payment_method.add", "payment_method_order"},
                                                   {"payment_method.remove", "payment_method_removal"},
                                                   {"recurring.create", "recurring_order"},
                                                   {"recurring.cancel", "recurring_cancel"},
                                                   {"message.send", "message_order"},
                                                   {"document.upload", "document_upload"},
                                                   {"request.create", "request_order"}});
static_assert(writes.size() == std::variant_size_v<WriteOrder>);

}  // namespace

template <class A, Some<ContactUpdate> R>
void describe(A& a, R& r) {
  a.member("write_id", r.write_id);
  a.member("mailing_address", r.mailing_address);
  a.member("phone", r.phone);
  a.member("email", r.email);
}
template <class A, Some<PaymentOrder> R>
void describe(A& a, R& r) {
  a.member("write_id", r.write_id);
  a.member("case_key", r.case_key);
  a.member("amount", r.amount);
  a.member("method_key", r.method_key);
  a.member("method_token", r.method_token);
  a.member("return_url", r.return_url);
  a.member("pay_on", r.pay_on);
  a.word("apply_to", r.apply_to, apply_words);
  a.member("accepted_fee", r.accepted_fee);
}
template <class A, Some<PaymentMethodOrder> R>
void describe(A& a, R& r) {
  a.member("write_id", r.write_id);
  a.member("token", r.token);
}
template <class A, Some<PaymentMethodRemoval> R>
void describe(A& a, R& r) {
  a.member("write_id", r.write_id);
  a.member("method_key", r.method_key);
}
template <class A, Some<RecurringOrder> R>
void describe(A& a, R& r) {
  a.member("write_id", r.write_id);
  a.member("case_key", r.case_key);
  a.member("amount", r.amount);
  a.member("method_key", r.method_key);
  a.member("method_token", r.method_token);
  a.member("frequency", r.frequency);
  a.member("first_date", r.first_date);
  a.member("last_date", r.last_date);
}
template <class A, Some<RecurringCancel> R>
void describe(A& a, R& r) {
  a.member("write_id", r.write_id);
  a.member("case_key", r.case_key);
  a.member("recurring_key", r.recurring_key);
}
template <class A, Some<MessageOrder> R>
void describe(A& a, R& r) {
  a.member("write_id", r.write_id);
  a.member("case_key", r.case_key);
  a.member("thread_key", r.thread_key);
  a.word("topic", r.topic, topic_words);
  a.member("subject", r.subject);
  a.member("body", r.body);
}
template <class A, Some<DocumentUpload> R>
void describe(A& a, R& r) {
  a.member("write_id", r.write_id);
  a.member("case_key", r.case_key);
  a.word("kind", r.kind, upload_kinds);
  a.member("title", r.title);
  a.member("file_name", r.file_name);
  a.member("media_type", r.media_type);
  a.member("content", r.content);
}
template <class A, Some<RequestOrder> R>
void describe(A& a, R& r) {
  a.member("write_id", r.write_id);
  a.member("case_key", r.case_key);
  a.word("kind", r.kind, request_kinds);
  a.word("reason", r.reason, request_reasons);
  a.member("text", r.text);
  a.member("document_keys", r.document_keys);
  a.member("from", r.from);
  a.member("to", r.to);
  a.member("installment", r.installment);
  a.member("frequency", r.frequency);
  a.member("first_date", r.first_date);
}
template <class A, Some<Receipt> R>
void describe(A& a, R& r) {
  a.member("key", r.key);
  a.word("state", r.state, receipt_states);
  a.member("confirmation", r.confirmation);
  a.member("url", r.url);
  a.member("url_expires_at", r.url_expires_at);
  a.member("updated_at", r.updated_at);
  a.member("effective", r.effective);
  a.member("fee", r.fee);
  a.member("thread_key", r.thread_key);
  a.member("upstream_text", r.upstream_text);
}
template <class A, Some<CaseQuery> R>
void describe(A& a, R& r) {
  a.member("case_key", r.case_key);
}
template <class A, Some<ReceiptQuery> R>
void describe(A& a, R& r) {
  a.member("case_key", r.case_key);
  a.member("key", r.key);
}
template <class A, Some<PaymentMethod> R>
void describe(A& a, R& r) {
  a.member("key", r.key);
  a.word("kind", r.kind, method_kinds);
  a.word("state", r.state, method_states);
  a.member("label", r.label);
  a.member("last4", r.last4);
  a.member("usable_from", r.usable_from);
  a.member("expires", r.expires);
}
template <class A, Some<Recurring> R>
void describe(A& a, R& r) {
  a.member("key", r.key);
  a.word("state", r.state, recurring_states);
  a.member("amount", r.amount);
  a.member("method_key", r.method_key);
  a.member("frequency", r.frequency);
  a.member("next_date", r.next_date);
}
template <class A, Some<PaymentPlan> R>
void describe(A& a, R& r) {
  a.member("key", r.key);
  a.word("state", r.state, plan_states);
  a.member("arrears_at_start", r.arrears_at_start);
  a.member("installment", r.installment);
  a.member("frequency", r.frequency);
  a.member("first_due", r.first_due);
  a.member("last_due", r.last_due);
  a.member("paid", r.paid);
}
template <class A, Some<PaymentOptions> R>
void describe(A& a, R& r) {
  a.member("methods", r.methods);
  a.member("recurring", r.recurring);
  a.member("plans", r.plans);
}
template <class A, Some<RecoveryQuery> R>
void describe(A& a, R& r) {
  a.word("what", r.what, recovered_things);
  a.word("channel", r.channel, recovery_channels);
  a.member("fields", r.fields);
}
template <class A, Some<RecoveryAnswer> R>
void describe(A& a, R& r) {
  a.word("next", r.next, recovery_steps);
  a.member("url", r.url);
  a.member("expected_by", r.expected_by);
}

namespace {

template <std::size_t Index>
Result<WriteOrder> decode_at(std::string_view json) {
  auto order = read_object<std::variant_alternative_t<Index, WriteOrder>>(json);
  if (!order) return std::move(order).error();
  return WriteOrder(std::in_place_index<Index>, std::move(*order));
}

template <std::size_t... Index>
Result<WriteOrder> decode_among(std::size_t wanted, std::string_view json, std::index_sequence<Index...>) {
  constexpr Result<WriteOrder> (*decoders[])(std::string_view) = {&decode_at<Index>...};
  return decoders[wanted](json);
}

}  // namespace

std::string_view operation_of(const WriteOrder& order) { return writes[order.index()].operation; }
std::string_view schema_of(const WriteOrder& order) { return writes[order.index()].schema; }

bool is_write(std::string_view operation) {
  for (const WriteNames& one : writes)
    if (one.operation == operation) return true;
  return false;
}

SecretBytes encode(const WriteOrder& order) {
  return std::visit([](const auto& one) { return object_secret(one); }, order);
}

Result<WriteOrder> decode_order(std::string_view operation, std::string_view json) {
  for (std::size_t i = 0; i < writes.size(); ++i)
    if (writes[i].operation == operation)
      return decode_among(i, json, std::make_index_sequence<std::variant_size_v<WriteOrder>>{});
  return trouble(TroubleCode::source_changed, "no such write");
}

std::string encode(const Receipt& receipt) { return object_text(receipt); }
Result<Receipt> decode_receipt(std::string_view json) { return read_object<Receipt>(json); }
std::string encode(const CaseQuery& query) { return object_text(query); }
Result<CaseQuery> decode_case_query(std::string_view json) { return read_object<CaseQuery>(json); }
std::string encode(const ReceiptQuery& query) { return object_text(query); }
Result<ReceiptQuery> decode_receipt_query(std::string_view json) { return read_object<ReceiptQuery>(json); }
std::string encode(const PaymentOptions& options) { return object_text(options); }
Result<PaymentOptions> decode_payment_options(std::string_view json) {
  return read_object<PaymentOptions>(json);
}
SecretBytes encode(const RecoveryQuery& query) { return object_secret(query); }
Result<RecoveryQuery> decode_recovery_query(std::string_view json) {
  return read_object<RecoveryQuery>(json);
}
std::string encode(const RecoveryAnswer& answer) { return object_text(answer); }
Result<RecoveryAnswer> decode_recovery_answer(std::string_view json) {
  return read_object<RecoveryAnswer>(json);
}

}  // namespace casebridge::model
