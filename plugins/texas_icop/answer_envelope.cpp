// Media type, JSON, `status`, HTTP status: in this order.
#include "plugins/texas_icop/answer_envelope.hpp"

#include "core/base/secret.hpp"
#include "plugins/sdk/upstream_time.hpp"
#include "plugins/texas_icop/error_codes.hpp"

namespace casebridge::texas_icop {
namespace {

using model::JsonDocument;
using model::JsonKind;
using model::JsonNode;
using model::Outcome;
using model::Refusal;

Refusal waiting(Outcome outcome, std::optional<Instant> until) {
  Refusal refusal = sdk::refuse(outcome);
  refusal.until = until;
  return refusal;
}

// What the HTTP status alone says; the body is not what the interface promises.
Refusal refusal_by_status(const sdk::HttpResponse& answer, Instant our_now, std::string breach) {
  const auto until = sdk::retry_after(answer, our_now);
  if (answer.status == 429) return waiting(Outcome::rate_limited, until);
  if (answer.status == 503 && answer.media_type() == "text/html") return waiting(Outcome::maintenance, until);
  if (answer.status == 503) return waiting(Outcome::unavailable, until);
  if (answer.status >= 500) return sdk::refuse(Outcome::unavailable, "internal_error");
  return sdk::drift(std::move(breach));
}

// A JSON object, or where it stops being one.
struct Parsed {
  std::optional<JsonDocument> document;
  std::string breach;
};

Parsed parse_object(const sdk::HttpResponse& answer, std::string_view octets) {
  if (answer.media_type() != "application/json") return {std::nullopt, "content-type"};
  auto parsed = JsonDocument::parse(octets);
  if (!parsed) return {std::nullopt, parsed.error().detail};
  if (parsed->root().kind() != JsonKind::object) return {std::nullopt, "/"};
  return {std::move(*parsed), ""};
}

std::string status_member(const JsonNode& root) {
  const auto status = root.find("status");
  return status && status->kind() == JsonKind::text ? status->text() : "";
}

std::optional<Refusal> stated_error(const JsonNode& root, const sdk::HttpResponse& answer, Instant our_now) {
  if (status_member(root) != "ERROR") return std::nullopt;
  const auto error = read_error(root.find("error"));
  if (!error) return refusal_by_status(answer, our_now, "/error");
  return refusal_of(*error, answer.status, sdk::retry_after(answer, our_now),
                    sdk::upstream_now(answer, our_now));
}

}  // namespace

Envelope::~Envelope() {
  if (octets_) wipe(*octets_);
}

sdk::Answer<Envelope> open_answer(sdk::HttpResponse answer, Instant our_now, int good_status) {
  // The document looks at these octets, so they must not move any more.
  auto octets = std::make_unique<std::string>(std::move(answer.body));
  Parsed parsed = parse_object(answer, *octets);
  if (!parsed.document) return refusal_by_status(answer, our_now, std::move(parsed.breach));
  Envelope envelope(std::move(octets), std::move(*parsed.document), answer.origin.starts_with("https://"));
  if (auto refusal = stated_error(envelope.root(), answer, our_now)) return std::move(*refusal);
  if (status_member(envelope.root()) != "OK") return refusal_by_status(answer, our_now, "/status");
  if (answer.status != good_status) return refusal_by_status(answer, our_now, "http-status");
  return sdk::Answer<Envelope>(std::move(envelope));
}

Refusal refusal_of_other(const sdk::HttpResponse& answer, Instant our_now) {
  Parsed parsed = parse_object(answer, answer.body);
  if (parsed.document)
    if (auto refusal = stated_error(parsed.document->root(), answer, our_now)) return std::move(*refusal);
  return refusal_by_status(answer, our_now, answer.status == 200 ? "content-type" : "http-status");
}

}  // namespace casebridge::texas_icop
