// The records that a state's system can tell about a case. Plain data; `key` is the state's own stable key.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/known.hpp"
#include "core/model/date.hpp"
#include "core/model/money.hpp"
#include "core/model/vocabulary.hpp"

namespace casebridge::model {

using Text = std::string;

struct PersonName {
  Text first{}, middle{}, last{}, suffix{}, organisation{};
  bool truncated = false;
};

struct Address {
  Text line1{}, line2{}, city{}, state{}, zip{};
};

struct Participant {
  Text key{};  // the state's participant id; may be empty where the state shows none
  Coded<Role> role{};
  bool is_self = false;
  bool active = true;
  PersonName name{};
  Known<Date> birth_date{};
  Known<Text> relation_to_cp{};
};

struct IntergovRef {
  Text other_state{};  // USPS, two letters
  Known<Text> other_locator{};
  Known<Text> other_case{};  // raw, as shown
  Coded<IntergovRole> my_role{};
  Known<Date> since{};
};

struct Case {
  Text key{};     // the state's case number, normalised: the adapter's address of it
  Text number{};  // as the state shows it
  Coded<Assistance> assistance{};
  Coded<CaseStatus> status{};
  Coded<Processing> processing{};
  Coded<Role> viewer_role{};
  Known<Date> opened{};
  Known<Date> closed{};
  Known<Text> closure_reason{};  // raw
  Known<Text> locator{};         // 7 characters where known
  std::vector<Participant> participants{};
  std::vector<IntergovRef> intergov{};
  SafetyLevel safety = SafetyLevel::none;  // internal: decides projection, never shown
};

struct Obligation {
  Text key{};
  Text order_key{};
  Coded<DebtType> debt_type{};
  Money amount{};
  Coded<Frequency> frequency{};
  Known<Money> arrears_amount{};
  Known<Coded<Frequency>> arrears_frequency{};
  Known<Date> starts{};
  Known<Date> ends{};
  Coded<Concurrent> concurrent{Concurrent::none};
};

struct Order {
  Text key{};
  Text order_number{};
  Known<Text> docket{};
  Known<Text> issuing_state{};
  Known<Text> issuing_locator{};
  Known<Text> tribunal{};
  Coded<OrderType> type{};
  Known<Date> filed{};
  Known<Date> effective{};
  Known<Date> ends{};
  Known<Date> cancelled{};
  Coded<Controlling> controlling{};
  Known<bool> medical_ordered{};
  std::vector<Obligation> obligations{};
};

// The unit of truth for money owed. Aggregates are never summed with components.
struct BalanceLine {
  Text key{};
  Coded<Bucket> bucket{};
  Known<Coded<DebtType>> debt_type{};
  Money amount{};
  Known<Text> assignee{};  // family, state:XX, tribe, foreign, unknown
  Known<Date> period_from{};
  Known<Date> period_to{};
  Known<Text> order_key{};
  Known<Date> as_of{};
  bool is_aggregate = false;
};

struct Allocation {
  Coded<Bucket> bucket{};
  Money amount{};
};

struct Payment {
  Text key{};
  Money amount{};
  Known<Date> collected{};
  Known<Date> posted{};
  Coded<SourceClass> source{};
  Coded<PaymentStatus> status{};
  Known<Text> reference{};
  Known<Text> adjusts{};  // key of the payment this one corrects
  bool is_memo = false;   // told, not moved: the money is another state's entry, and counts there only
  std::vector<Allocation> allocations{};
};

struct Disbursement {
  Text key{};
  Money amount{};
  Known<Date> date{};
  Coded<RecipientClass> recipient{};
  Coded<DisbursementMethod> method{};
  Known<Text> instrument_last4{};
  std::vector<Text> payment_keys{};
  Coded<DisbursementStatus> status{};
};

struct EnforcementAction {
  Text key{};
  Coded<EnforcementKind> kind{};
  Coded<EnforcementStatus> status{};
  Known<Date> date{};
  Known<Date> released{};
  Known<Text> detail{};  // employer or bank: for the obligor alone
};

struct Event {
  Text key{};
  Coded<EventKind> kind{};
  Text starts_local{};  // YYYY-MM-DDThh:mm on the wall of `time_zone`
  Known<Text> ends_local{};
  Text time_zone{};
  Known<Text> place{};
  Known<Text> status{};
};

struct Document {
  Text key{};
  Text title{};
  Text kind{};  // lower case, the state's own word
  Known<Date> date{};
  Text media_type{};
  Known<std::int64_t> size_bytes{};
};

struct Message {
  Text key{};
  Text thread_key{};
  Coded<Direction> direction{};
  Text sent_at{};  // RFC 3339 UTC
  Text subject{};
  Text body{};
  Known<bool> read{};
};

struct ContactPoint {
  Text key{};
  Coded<ContactKind> kind{};
  Known<Text> name{};
  Text office{};
  Known<Text> phone{};
  Known<Text> extension{};
  Known<Text> email{};
  Known<Text> hours{};
  std::vector<Text> address{};
};

struct Profile {
  Known<Address> mailing_address{};
  Known<Text> phone{};
  Known<Text> email{};
};

}  // namespace casebridge::model
