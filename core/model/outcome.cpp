// The closed set of an adapter's outcomes, and the trouble that each one is for the rest of the house.
#include <array>

#include "core/model/adapter_messages.hpp"

namespace casebridge::model {
namespace {

constexpr auto outcome_words = std::to_array<std::string_view>(
    {"credential_rejected", "credential_expired", "interaction_needed", "action_needed", "blocked",
     "unavailable", "timeout", "rate_limited", "maintenance", "not_supported", "not_permitted",
     "schema_drift", "bug", "session_expired", "not_found", "invalid_field", "source_rejected",
     "identity_mismatch", "needs_enrolment"});
static_assert(outcome_words.size() == static_cast<std::size_t>(Outcome::needs_enrolment) + 1);

constexpr std::size_t detail_bytes_max = 200;

TroubleCode interaction_code(std::string_view reason) {
  if (reason == "wrong_answer") return TroubleCode::challenge_wrong_answer;
  if (reason == "challenge_ended") return TroubleCode::challenge_expired;
  if (reason == "step_up") return TroubleCode::step_up_required;
  return TroubleCode::needs_user;
}

TroubleCode trouble_code_for(const Refusal& refusal) {
  using enum TroubleCode;
  switch (refusal.outcome) {
    case Outcome::credential_rejected: return credential_refused;
    case Outcome::credential_expired: return credential_expired;
    case Outcome::interaction_needed: return interaction_code(refusal.reason);
    case Outcome::action_needed: return action_needed_at_source;
    case Outcome::blocked:
      return refusal.reason == "account_unavailable" ? account_unavailable : account_locked;
    case Outcome::unavailable: return source_unavailable;
    case Outcome::timeout: return source_timeout;
    case Outcome::rate_limited:
      return refusal.reason == "resend_too_early" ? resend_too_early : source_rate_limited;
    case Outcome::maintenance: return source_maintenance;
    case Outcome::not_supported: return not_supported;
    case Outcome::not_permitted: return source_not_permitted;
    case Outcome::schema_drift: return source_changed;
    case Outcome::bug: return adapter_fault;
    case Outcome::session_expired: return source_session_ended;
    case Outcome::not_found: return source_not_found;
    case Outcome::invalid_field: return invalid_field;
    case Outcome::source_rejected: return source_rejected;
    case Outcome::identity_mismatch: return identity_mismatch;
    case Outcome::needs_enrolment: return needs_enrolment;
  }
  return adapter_fault;
}

std::string remedy_for(const Refusal& refusal, TroubleCode code) {
  // A lock that no time ends is opened by a call.
  if (code == TroubleCode::account_locked && refusal.phone && !refusal.until) return "contact_agency";
  if (code == TroubleCode::account_locked || code == TroubleCode::resend_too_early) return "wait";
  if (code == TroubleCode::account_unavailable) return "contact_agency";
  if (code == TroubleCode::needs_enrolment) return "enroll_at_state";
  if (code == TroubleCode::credential_expired || refusal.reason == "password_expired")
    return "reset_at_state";
  return {};
}

}  // namespace

std::span<const std::string_view> outcome_names() { return outcome_words; }

std::string_view name_of(Outcome outcome) { return outcome_words[static_cast<std::size_t>(outcome)]; }

std::optional<Outcome> outcome_of(std::string_view name) {
  for (std::size_t i = 0; i < outcome_words.size(); ++i)
    if (outcome_words[i] == name) return static_cast<Outcome>(i);
  return std::nullopt;
}

Trouble trouble_of(const Refusal& refusal) {
  const std::string& told = refusal.detail.empty() ? refusal.reason : refusal.detail;
  Trouble made = trouble(trouble_code_for(refusal), told.substr(0, detail_bytes_max));
  made.field = refusal.field;
  made.attempts_left = refusal.attempts_left;
  made.retry_at = refusal.until;
  made.remedy_action = remedy_for(refusal, made.code);
  if (refusal.phone) made.remedy_url = "tel:" + *refusal.phone;
  return made;
}

}  // namespace casebridge::model
