// Trouble: everything that is expected to go wrong, as a value. One table says what each code means.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.hpp"

namespace casebridge {

// Who has to do something about it.
enum class Actor { user, app, state, gateway, nobody };
enum class LogLevel { debug, info, warn, error };

// The codes are the API's problem codes, in the table's order. See trouble.cpp for what each one means.
enum class TroubleCode {
  // request
  invalid_request,
  invalid_field,
  unsupported_parameter,
  not_found,
  method_not_allowed,
  unsupported_media_type,
  payload_too_large,
  uri_too_long,
  headers_too_large,
  not_acceptable,
  expectation_failed,
  request_timeout,
  version_conflict,
  idempotency_key_missing,
  idempotency_in_progress,
  idempotency_key_reused,
  cursor_invalid,
  http_version_not_supported,
  method_not_implemented,
  // auth
  token_missing,
  token_invalid,
  token_expired,
  csrf_refused,
  origin_refused,
  step_up_required,
  sign_in_refused,
  flow_not_found,
  flow_expired,
  flow_out_of_order,
  code_refused,
  code_expired,
  password_refused,
  sharing_stopped,
  // link
  link_action_required,
  link_already_exists,
  identity_mismatch,
  // challenge
  challenge_wrong_answer,
  challenge_expired,
  challenge_lockout_risk,
  account_locked,
  account_unavailable,
  challenge_out_of_order,
  credential_refused,
  credential_already_refused,
  credential_expired,
  resend_too_early,
  needs_enrolment,
  action_needed_at_source,
  // source
  source_unavailable,
  source_timeout,
  source_maintenance,
  source_rate_limited,
  source_rejected,
  source_changed,
  source_not_permitted,
  source_not_found,
  source_session_ended,
  all_sources_unavailable,
  system_unknown,
  // data
  dataset_syncing,
  needs_user,
  // capacity
  rate_limited,
  overloaded,
  // platform
  internal,
  dependency_failed,
  not_supported,
  adapter_fault,
};

struct TroubleRow {
  TroubleCode code;
  std::string_view name;      // problem code and URN tail, snake_case
  std::string_view category;  // request, auth, link, challenge, source, data, capacity, platform
  int http_status;
  Actor actor;
  bool retryable;
  LogLevel level;
  std::string_view title;       // English, for developers
  std::string_view message_id;  // key into config/messages/<language>.json, for people
};

// The whole table, in the order of TroubleCode.
const std::vector<TroubleRow>& trouble_table();
const TroubleRow& row_of(TroubleCode code);
std::optional<TroubleCode> trouble_code_of(std::string_view name);
std::string_view name_of(Actor actor);

struct Trouble {
  TroubleCode code = TroubleCode::internal;
  // For developers: fixed text and safe facts only (field names, byte offsets); never a value someone sent.
  std::string detail{};
  std::string field{};                 // which input, when one is to blame
  std::optional<int> attempts_left{};  // as the state, or we, still allow
  std::optional<Instant> retry_at{};   // when it makes sense to try again (lock, maintenance, limit)
  std::string remedy_action{};         // e.g. repair_link, reset_at_state, wait
  std::string remedy_url{};            // where, as tel:+18005550139; empty when there is no such place
  std::string reference{};             // an id the caller may use, such as the existing link's

  const TroubleRow& row() const { return row_of(code); }
};

inline Trouble trouble(TroubleCode code, std::string detail = {}) {
  Trouble made;
  made.code = code;
  made.detail = std::move(detail);
  return made;
}
inline Trouble field_trouble(std::string field, std::string detail) {
  Trouble made = trouble(TroubleCode::invalid_field, std::move(detail));
  made.field = std::move(field);
  return made;
}

}  // namespace casebridge
