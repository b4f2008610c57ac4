// The table of error codes, and the fields that go with some of them.
#include "plugins/texas_icop/error_codes.hpp"

#include <algorithm>
#include <cctype>
#include <chrono>

#include "core/base/text.hpp"
#include "plugins/sdk/answer.hpp"

namespace casebridge::texas_icop {
namespace {

using model::JsonKind;
using model::JsonNode;
using model::Outcome;
using model::Refusal;

struct ErrorRow {
  std::string_view code;
  Outcome outcome;
  std::string_view reason;
  std::string_view field{};  // ours, for where the state does not name one
};

constexpr ErrorRow error_rows[] = {
    {"ICOP-1001", Outcome::credential_rejected, ""},
    {"ICOP-1003", Outcome::blocked, "locked"},
    {"ICOP-1004", Outcome::action_needed, "password_expired"},
    // No case, safety or a withdrawal: the state does not say which, and nobody may guess.
    {"ICOP-1005", Outcome::blocked, "account_unavailable"},
    {"ICOP-1101", Outcome::interaction_needed, "wrong_answer"},
    {"ICOP-1102", Outcome::interaction_needed, "challenge_ended"},
    {"ICOP-1103", Outcome::rate_limited, "resend_too_early"},
    {"ICOP-1201", Outcome::session_expired, ""},
    {"ICOP-1202", Outcome::session_expired, "session_conflict"},
    {"ICOP-1301", Outcome::identity_mismatch, ""},
    {"ICOP-1302", Outcome::invalid_field, "name_taken", "user_name"},
    {"ICOP-1303", Outcome::blocked, "locked"},
    {"ICOP-1900", Outcome::not_permitted, "client_refused"},
    {"ICOP-2001", Outcome::invalid_field, ""},
    {"ICOP-2002", Outcome::unavailable, "page_token_ended"},
    {"ICOP-2003", Outcome::not_permitted, "role"},
    {"ICOP-2004", Outcome::not_found, ""},
    {"ICOP-2005", Outcome::invalid_field, "too_large", "content"},
    {"ICOP-2101", Outcome::invalid_field, "bank_token", "method_token"},
    {"ICOP-3001", Outcome::bug, "write_id_missing"},
    {"ICOP-3002", Outcome::bug, "write_id_reused"},
    // Nothing went wrong: the same request is still being worked on.
    {"ICOP-3003", Outcome::unavailable, "still_running"},
    {"ICOP-4290", Outcome::rate_limited, ""},
    {"ICOP-5000", Outcome::unavailable, "internal_error"},
    {"ICOP-5001", Outcome::unavailable, "not_ready"}};

Outcome outcome_of_status(int http_status) {
  if (http_status == 429) return Outcome::rate_limited;
  // An error inside an otherwise good answer is the state's trouble, and passes.
  if (http_status >= 500 || http_status < 300) return Outcome::unavailable;
  return Outcome::source_rejected;
}

bool is_name(std::string_view text) {
  return text.size() <= 64 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == '.' || c == '_';
         });
}

struct FieldName {
  std::string_view wire, ours;
};
constexpr FieldName field_names[] = {{"userName", "user_name"},
                                     {"firstName", "first_name"},
                                     {"lastName", "last_name"},
                                     {"dob", "date_of_birth"},
                                     {"mailingAddress", "mailing_address"},
                                     {"returnUrl", "return_url"},
                                     {"bankToken", "method_token"},
                                     {"firstDate", "first_date"},
                                     {"endDate", "last_date"},
                                     {"threadId", "thread_key"},
                                     {"reasonCode", "reason"},
                                     {"documentIds", "document_keys"},
                                     {"file", "content"}};

// What the parent typed into is named as our forms and orders name it; what is inside of it as it is.
std::string our_name(const std::string& field) {
  const std::size_t dot = std::min(field.find('.'), field.size());
  for (const FieldName& name : field_names)
    if (name.wire == std::string_view(field).substr(0, dot))
      return std::string(name.ours) + field.substr(dot);
  return field;
}

std::optional<std::int64_t> number_in(const JsonNode& error, std::string_view member) {
  const auto found = error.find(member);
  if (!found || found->kind() != JsonKind::number) return std::nullopt;
  const auto number = text::parse_int(found->number());
  return number && *number >= 0 && *number < 1'000'000 ? number : std::nullopt;
}

std::optional<std::string> text_in(const JsonNode& error, std::string_view member) {
  const auto found = error.find(member);
  if (!found || found->kind() != JsonKind::text) return std::nullopt;
  return found->text();
}

}  // namespace

std::optional<UpstreamError> read_error(const std::optional<JsonNode>& error) {
  if (!error || error->kind() != JsonKind::object) return std::nullopt;
  const auto code = text_in(*error, "code");
  if (!code) return std::nullopt;
  UpstreamError made{.code = *code};
  if (const auto left = number_in(*error, "attemptsLeft")) made.attempts_left = static_cast<int>(*left);
  if (const auto until = text_in(*error, "lockedUntil")) made.locked_until = parse_instant(*until);
  made.retry_after_seconds = number_in(*error, "retryAfterSeconds");
  if (const auto field = text_in(*error, "field"); field && is_name(*field)) made.field = our_name(*field);
  return made;
}

Refusal refusal_of(const UpstreamError& error, int http_status, std::optional<Instant> retry_at,
                   Instant now) {
  const auto* const row = std::find_if(std::begin(error_rows), std::end(error_rows),
                                       [&](const ErrorRow& known) { return known.code == error.code; });
  const bool known = row != std::end(error_rows);
  Refusal refusal = known ? sdk::refuse(row->outcome, std::string(row->reason))
                          : sdk::refuse(outcome_of_status(http_status), "unknown_error_code");
  // Developers may want to know that somebody signed in elsewhere; to the parent it is an ended session.
  if (refusal.reason == "session_conflict") refusal.detail = refusal.reason;
  refusal.attempts_left = error.attempts_left;
  if (refusal.reason == "locked") refusal.until = error.locked_until;
  if (refusal.outcome == Outcome::rate_limited || refusal.reason == "still_running") {
    refusal.until = retry_at;
    if (!retry_at && error.retry_after_seconds)
      refusal.until = now + std::chrono::seconds{*error.retry_after_seconds};
  }
  if (refusal.outcome == Outcome::invalid_field)
    refusal.field = error.field.empty() && known ? std::string(row->field) : error.field;
  return refusal;
}

}  // namespace casebridge::texas_icop
