// What an adapter's closed list of outcomes means in the gateway's table of troubles.
#pragma once

#include <utility>

#include "core/model/adapter_messages.hpp"

namespace casebridge::model {

inline TroubleCode trouble_code_of(const Refusal& refusal) {
  using enum TroubleCode;
  switch (refusal.outcome) {
    case Outcome::credential_rejected: return credential_refused;
    case Outcome::credential_expired: return credential_expired;
    case Outcome::interaction_needed:
      if (refusal.reason == "challenge_ended") return challenge_expired;
      return refusal.reason == "wrong_answer" ? challenge_wrong_answer : needs_user;
    case Outcome::action_needed: return action_needed_at_source;
    // With an end it is a lock; without one the state does not say why, and neither do we.
    case Outcome::blocked: return refusal.until ? account_locked : account_unavailable;
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

inline Trouble trouble_of(const Refusal& refusal) {
  Trouble made = trouble(trouble_code_of(refusal), refusal.detail.empty() ? refusal.reason : refusal.detail);
  made.field = refusal.field;
  made.attempts_left = refusal.attempts_left;
  made.retry_at = refusal.until;
  if (refusal.outcome == Outcome::action_needed && refusal.reason == "password_expired")
    made.remedy_action = "reset_at_state";
  return made;
}

}  // namespace casebridge::model
