// What a parent may ask a state to do, and what the state says of it; write_codec.hpp is the JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/model/adapter_messages.hpp"
#include "core/model/records.hpp"

namespace casebridge::model {

// Every order has a `write_id`, a UUID made once by the host and kept for each repetition: the same id never
// has a second effect at the state. Members left out are unchanged, or the state's own choice.
struct ContactUpdate {
  std::string write_id{};
  std::optional<Address> mailing_address{};
  std::optional<std::string> phone{};
  std::optional<std::string> email{};
};
// With a method the parent stored at the state, a token of the state's vault, or neither: then the state's
// own page takes the payment, and the receipt tells its address.
struct PaymentOrder {
  std::string write_id{};
  std::string case_key{};
  Money amount{};
  std::string method_key{};
  SecretBytes method_token{};
  std::string return_url{};
  std::optional<Date> pay_on{};
  std::string apply_to{};               // current, arrears; a wish
  std::optional<Money> accepted_fee{};  // what the parent was shown and agreed to
};
struct PaymentMethodOrder {
  std::string write_id{};
  SecretBytes token{};
};
struct PaymentMethodRemoval {
  std::string write_id{};
  std::string method_key{};
};
struct RecurringOrder {
  std::string write_id{};
  std::string case_key{};
  Money amount{};
  std::string method_key{};
  SecretBytes method_token{};
  Coded<Frequency> frequency{};
  Date first_date = Date::utc(Instant{});
  std::optional<Date> last_date{};
};
struct RecurringCancel {
  std::string write_id{};
  std::string case_key{};
  std::string recurring_key{};
};
struct MessageOrder {
  std::string write_id{};
  std::string case_key{};
  std::string thread_key{};  // empty: a new one
  std::string topic{};       // payment, address, review, other; empty where the state has none
  std::string subject{};
  std::string body{};
};
struct DocumentUpload {
  std::string write_id{};
  std::string case_key{};
  std::string kind{};  // income, identity, court, other
  std::string title{};
  std::string file_name{};
  std::string media_type{};
  SecretBytes content{};
};
struct RequestOrder {
  std::string write_id{};
  std::string case_key{};
  std::string kind{};    // review, modification, pay_record, payment_plan, other
  std::string reason{};  // income, custody, medical, incarceration, three_year, other; or empty
  std::string text{};
  std::vector<std::string> document_keys{};
  std::optional<Date> from{};  // pay_record
  std::optional<Date> to{};
  std::optional<Money> installment{};  // payment_plan
  std::optional<Frequency> frequency{};
  std::optional<Date> first_date{};
};

using WriteOrder = std::variant<ContactUpdate, PaymentOrder, PaymentMethodOrder, PaymentMethodRemoval,
                                RecurringOrder, RecurringCancel, MessageOrder, DocumentUpload, RequestOrder>;
// contact.update ...; and the schema of the order, contact_update ...
std::string_view operation_of(const WriteOrder& order);
std::string_view schema_of(const WriteOrder& order);

// What became of an order, as far as the state says.
struct Receipt {
  std::string key{};  // the state's own key, for asking again; empty when it gives none
  // taken, in_work, needs_parent, needs_confirmation, scheduled, done, refused, cancelled, failed, expired,
  // unknown. needs_parent: go to `url`. needs_confirmation: repeat with `fee` accepted and a new write_id.
  std::string state = "unknown";
  std::string confirmation{};  // number to show to the parent
  std::string url{};
  std::optional<Instant> url_expires_at{};
  std::optional<Instant> updated_at{};
  std::optional<Date> effective{};  // from when it holds, is posted, is usable or is next due
  std::optional<Money> fee{};
  std::string thread_key{};
  std::string upstream_text{};  // shown quoted
};

struct CaseQuery {
  std::string case_key{};
};
// For payment.read and request.read: `key` is that of the receipt.
struct ReceiptQuery {
  std::string case_key{};
  std::string key{};
};

struct PaymentMethod {
  std::string key{};
  std::string kind{};   // bank, card
  std::string state{};  // usable, pending, failed
  std::string label{};
  std::string last4{};
  std::optional<Date> usable_from{};
  std::string expires{};  // YYYY-MM; empty where it does not
};
struct Recurring {
  std::string key{};
  std::string state{};  // active, cancelled
  Money amount{};
  std::string method_key{};
  Coded<Frequency> frequency{};
  std::optional<Date> next_date{};
};
// A plan is no balance: nothing of it is ever added to one.
struct PaymentPlan {
  std::string key{};
  std::string state{};  // requested, active, completed, broken
  Money arrears_at_start{};
  Money installment{};
  Coded<Frequency> frequency{};
  std::optional<Date> first_due{};
  std::optional<Date> last_due{};
  Money paid{};
};
struct PaymentOptions {
  std::vector<PaymentMethod> methods{};
  std::vector<Recurring> recurring{};
  std::vector<PaymentPlan> plans{};
};

// A forgotten credential. The answer never tells whether the account exists.
struct RecoveryQuery {
  std::string what{};     // user_name, password, pin
  std::string channel{};  // email, phone, post; empty: the state's choice
  SecretFields fields{};
};
struct RecoveryAnswer {
  std::string next{};                    // check_email, check_phone, check_post, open_page, contact_agency
  std::string url{};                     // open_page
  std::optional<Instant> expected_by{};  // when a letter or message should have come
};

}  // namespace casebridge::model
