// Media type, XML, envelope, fault, response codes, data: in this order.
#include "plugins/kansas_quick/quick_answer.hpp"

#include <algorithm>
#include <chrono>
#include <string>

#include "core/base/text.hpp"
#include "plugins/kansas_quick/wire_values.hpp"
#include "plugins/sdk/upstream_time.hpp"

namespace casebridge::kansas_quick {
namespace {

using model::Outcome;
using model::Refusal;
using sdk::XmlElement;

constexpr std::string_view soap_namespace = "http://schemas.xmlsoap.org/soap/envelope/";
constexpr std::int64_t wait_seconds_max = 31LL * 24 * 3600;
constexpr std::chrono::seconds issuer_hold{300};

struct FaultRow {
  std::string_view code;
  Outcome outcome;
  std::string_view reason;
};

constexpr FaultRow fault_rows[] = {{"A01", Outcome::not_permitted, "assertion_not_trusted"},
                                   {"A02", Outcome::bug, reason_assertion_time},
                                   {"A03", Outcome::bug, "assertion_repeated"},
                                   {"A04", Outcome::needs_enrolment, ""},
                                   {"A05", Outcome::interaction_needed, "step_up"},
                                   {"A06", Outcome::not_permitted, "certificate_binding"},
                                   {"A09", Outcome::rate_limited, "issuer_held"},
                                   {"R01", Outcome::bug, "request_context"},
                                   {"S90", Outcome::unavailable, "provider_down"},
                                   {"S91", Outcome::maintenance, ""}};

std::string trimmed_text(const XmlElement& element) { return std::string(text::trim(element.text())); }

// In SOAP 1.1 the parts of a fault have no namespace.
Refusal refusal_of_fault(const XmlElement& fault, Instant upstream_now) {
  const XmlElement told = fault.child("", "detail").child(quick_namespace, "QuickFault");
  const std::string code = trimmed_text(told.child(quick_namespace, "Code"));
  const auto* const row = std::find_if(std::begin(fault_rows), std::end(fault_rows),
                                       [&](const FaultRow& known) { return known.code == code; });
  if (row == std::end(fault_rows)) {
    const bool ours = trimmed_text(fault.child("", "faultcode")).ends_with("Client");
    if (!told && ours) return sdk::refuse(Outcome::bug, "request_unreadable");
    return sdk::refuse(Outcome::unavailable, told ? "unknown_fault" : "platform_fault");
  }
  Refusal refusal = sdk::refuse(row->outcome, std::string(row->reason));
  const std::string wait = trimmed_text(told.child(quick_namespace, "RetryAfterSeconds"));
  const auto seconds = text::all_digits(wait) ? text::parse_int(wait) : std::nullopt;
  if (seconds && *seconds <= wait_seconds_max)
    refusal.until = upstream_now + std::chrono::seconds{*seconds};
  else if (row->outcome == Outcome::rate_limited)
    refusal.until = upstream_now + issuer_hold;
  return refusal;
}

// What the HTTP status alone says; the body is not what the interface promises.
Refusal refusal_by_status(const sdk::HttpResponse& answer, Instant our_now) {
  if (answer.status == 200) return sdk::drift("content-type");
  Refusal refusal = sdk::refuse(answer.status == 429 ? Outcome::rate_limited : Outcome::unavailable,
                                "http_" + std::to_string(answer.status));
  refusal.until = sdk::retry_after(answer, our_now);
  return refusal;
}

std::string provider_reason(const std::string& code) {
  if (code == "901") return "provider_slow";
  return code == "902" ? "partial_outage" : "provider_not_ready";
}

// Nothing when there is data to read.
std::optional<Refusal> refusal_by_codes(const Record& payload) {
  const Record status = payload.part(quick("ResponseStatus"));
  const std::string system = status.text(quick("SystemResponseCode"));
  if (!status || system.empty()) return sdk::drift("ResponseStatus");
  if (system.size() == 3 && system.front() == '9')
    return sdk::refuse(Outcome::unavailable, provider_reason(system));
  if (system != "000") return sdk::drift("ResponseStatus/SystemResponseCode");
  const std::string data = status.text(quick("DataResponseCode"));
  if (data == "000") return std::nullopt;
  if (data == "406") return sdk::refuse(Outcome::not_found);
  if (data == "407") return sdk::refuse(Outcome::not_found, std::string(reason_prohibited));
  if (data != "410") return sdk::drift("ResponseStatus/DataResponseCode");
  Refusal range = sdk::refuse(Outcome::invalid_field, "date_range");
  range.field = "from";
  return range;
}

}  // namespace

sdk::Answer<QuickAnswer> open_answer(sdk::HttpResponse answer, std::string_view operation, Instant our_now) {
  if ((answer.status != 200 && answer.status != 500) || answer.media_type() != "text/xml")
    return refusal_by_status(answer, our_now);
  auto document = sdk::XmlDocument::parse(answer.body);
  wipe(answer.body);
  if (!document) return sdk::drift("xml");
  const XmlElement root = document->root();
  if (!root.is(soap_namespace, "Envelope")) return sdk::drift("Envelope");
  const XmlElement body = root.child(soap_namespace, "Body");
  if (const XmlElement fault = body.child(soap_namespace, "Fault"))
    return refusal_of_fault(fault, sdk::upstream_now(answer, our_now));
  const XmlElement first = body.first_child();
  if (!first.is(quick_namespace, std::string(operation) + "Response") || first.next())
    return sdk::drift("Body");
  if (answer.status != 200) return sdk::drift("http-status");
  Reading reading;
  if (auto refusal = refusal_by_codes(Record(first, reading))) return std::move(*refusal);
  if (!reading.followed()) return sdk::drift(reading.where());
  return QuickAnswer(std::move(*document), first);
}

}  // namespace casebridge::kansas_quick
