// Media type, XML, envelope, fault or response: in this order.
#include "plugins/texas_smart/soap_answer.hpp"

#include <algorithm>
#include <chrono>

#include "core/base/text.hpp"
#include "plugins/sdk/upstream_time.hpp"
#include "plugins/texas_smart/wire_values.hpp"

namespace casebridge::texas_smart {
namespace {

using model::Outcome;
using model::Refusal;
using sdk::XmlElement;

constexpr std::string_view soap_namespace = "http://schemas.xmlsoap.org/soap/envelope/";
constexpr std::int64_t wait_seconds_max = 31LL * 24 * 3600;
constexpr int tries_max = 99;

struct FaultRow {
  std::string_view code;
  Outcome outcome;
  std::string_view reason;
};

constexpr FaultRow fault_rows[] = {
    {"S-101", Outcome::credential_rejected, ""},
    {"S-102", Outcome::blocked, "locked"},
    {"S-103", Outcome::interaction_needed, "wrong_answer"},
    {"S-104", Outcome::interaction_needed, "challenge_ended"},
    {"S-105", Outcome::rate_limited, "resend_too_early"},
    {"S-106", Outcome::action_needed, "password_expired"},
    // Safety, no case or a closed account: the state does not say which, and nobody may guess.
    {"S-107", Outcome::blocked, "account_unavailable"},
    {"S-201", Outcome::session_expired, ""},
    {"S-301", Outcome::not_found, ""},
    {"S-400", Outcome::invalid_field, ""},
    {"S-401", Outcome::invalid_field, "method_not_usable"},
    {"S-402", Outcome::source_rejected, "payment_declined"},
    {"S-403", Outcome::not_permitted, "role"},
    {"S-404", Outcome::source_rejected, "plan_refused"},
    {"S-405", Outcome::interaction_needed, "fee_changed"},
    {"S-409", Outcome::bug, "write_id_reused"},
    {"S-429", Outcome::rate_limited, ""},
    {"S-500", Outcome::unavailable, "internal_error"},
    {"S-503", Outcome::maintenance, "posting"}};

// What our forms call the state's fields.
std::string our_name(const std::string& field) {
  struct Name {
    std::string_view wire, ours;
  };
  static constexpr Name names[] = {{"UserName", "user_name"},
                                   {"Password", "password"},
                                   {"Channel", "channel"},
                                   {"Code", "code"},
                                   {"VaultToken", "token"},
                                   {"MethodId", "method_key"},
                                   {"Amount", "amount"},
                                   {"PayOn", "pay_on"},
                                   {"ApplyTo", "apply_to"},
                                   {"AcceptFee", "accepted_fee"},
                                   {"Frequency", "frequency"},
                                   {"FirstDate", "first_date"},
                                   {"LastDate", "last_date"},
                                   {"FirstDue", "first_date"},
                                   {"Installment", "installment"},
                                   {"LastName", "last_name"},
                                   {"Address", "mailing_address"},
                                   {"Line1", "mailing_address.line1"},
                                   {"Line2", "mailing_address.line2"},
                                   {"City", "mailing_address.city"},
                                   {"State", "mailing_address.state"},
                                   {"Zip", "mailing_address.zip"},
                                   {"RecurringId", "recurring_key"},
                                   {"Phone", "phone"},
                                   {"Email", "email"}};
  for (const Name& name : names)
    if (name.wire == field) return std::string(name.ours);
  return {};
}

std::optional<std::string> member_of(const XmlElement& fault, std::string_view name) {
  const XmlElement found = fault.child(smart_namespace, name);
  if (!found) return std::nullopt;
  return std::string(text::trim(found.text()));
}

std::optional<std::int64_t> number_of(const XmlElement& fault, std::string_view name, std::int64_t largest) {
  const auto text = member_of(fault, name);
  const auto number = text && text::all_digits(*text) ? text::parse_int(*text) : std::nullopt;
  return number && *number <= largest ? number : std::nullopt;
}

std::optional<model::Money> money_of(const XmlElement& fault, std::string_view name) {
  const auto text = member_of(fault, name);
  return text ? parse_amount(*text) : std::nullopt;
}

void keep_detail(const XmlElement& fault, FaultDetail& detail) {
  detail.fee = money_of(fault, "Fee");
  detail.smallest = money_of(fault, "Smallest");
  if (const auto text = member_of(fault, "UsableFrom"))
    if (const auto date = parse_date(*text); date && *date) detail.usable_from = **date;
}

Refusal refusal_of(const XmlElement& fault, Instant upstream_now) {
  const std::string code = member_of(fault, "Code").value_or("");
  const auto* const row = std::find_if(std::begin(fault_rows), std::end(fault_rows),
                                       [&](const FaultRow& known) { return known.code == code; });
  if (row == std::end(fault_rows)) return sdk::refuse(Outcome::unavailable, "unknown_fault");
  Refusal refusal = sdk::refuse(row->outcome, std::string(row->reason));
  if (const auto left = number_of(fault, "TriesLeft", tries_max))
    refusal.attempts_left = static_cast<int>(*left);
  if (code == "S-102")
    if (const auto until = member_of(fault, "LockedUntil")) refusal.until = parse_date_time(*until);
  if (const auto wait = number_of(fault, "RetryAfterSeconds", wait_seconds_max))
    refusal.until = upstream_now + std::chrono::seconds{*wait};
  if (code == "S-401") refusal.field = "method_key";
  if (code == "S-404") refusal.field = "installment";
  if (code == "S-400") refusal.field = our_name(member_of(fault, "Field").value_or(""));
  return refusal;
}

// What the HTTP status alone says; the body is not what the interface promises.
Refusal refusal_by_status(const sdk::HttpResponse& answer, Instant our_now, std::string breach) {
  if (answer.status == 200) return sdk::drift(std::move(breach));
  Refusal refusal = sdk::refuse(answer.status == 429 ? Outcome::rate_limited : Outcome::unavailable,
                                "http_" + std::to_string(answer.status));
  refusal.until = sdk::retry_after(answer, our_now);
  return refusal;
}

XmlElement body_of(const sdk::XmlDocument& document) {
  const XmlElement root = document.root();
  return root.is(soap_namespace, "Envelope") ? root.child(soap_namespace, "Body") : XmlElement();
}

}  // namespace

sdk::Answer<SoapAnswer> open_answer(sdk::HttpResponse answer, std::string_view operation, Instant our_now,
                                    FaultDetail* detail) {
  if ((answer.status != 200 && answer.status != 500) || answer.media_type() != "text/xml")
    return refusal_by_status(answer, our_now, "content-type");
  auto document = sdk::XmlDocument::parse(answer.body);
  wipe(answer.body);
  if (!document) return sdk::drift("xml");
  const XmlElement first = body_of(*document).first_child();
  if (first.is(soap_namespace, "Fault")) {
    // In SOAP 1.1 the parts of a fault have no namespace.
    const XmlElement fault = first.child("", "detail").child(smart_namespace, "SmartFault");
    if (!fault) return sdk::refuse(Outcome::unavailable, "platform_fault");
    if (detail != nullptr) keep_detail(fault, *detail);
    return refusal_of(fault, sdk::upstream_now(answer, our_now));
  }
  if (!first.is(smart_namespace, std::string(operation) + "Response") || first.next())
    return sdk::drift("Body");
  if (answer.status != 200) return sdk::drift("http-status");
  return SoapAnswer(std::move(*document), first);
}

}  // namespace casebridge::texas_smart
