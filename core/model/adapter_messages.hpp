// What the gateway and an adapter say to each other, as plain data; adapter_codec.hpp is its JSON.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/base/secret.hpp"
#include "core/base/trouble.hpp"
#include "core/model/dataset.hpp"

namespace casebridge::model {

// The closed set of outcomes an adapter may report when a call did not succeed.
enum class Outcome {
  credential_rejected, credential_expired, interaction_needed, action_needed, blocked, unavailable, timeout,
  rate_limited, maintenance, not_supported, not_permitted, schema_drift, bug, session_expired, not_found,
  invalid_field, source_rejected, identity_mismatch, needs_enrolment
};
std::string_view name_of(Outcome outcome);
std::optional<Outcome> outcome_of(std::string_view name);
std::span<const std::string_view> outcome_names();

// A call that did not succeed. No text of the state and no value of the parent is in here.
struct Refusal {
  Outcome outcome = Outcome::bug;
  // Fixed word that refines it: wrong_answer, challenge_ended, account_unavailable, password_expired,
  // session_conflict, lost_answer, resend_too_early, step_up ...
  std::string reason{};
  std::optional<int> attempts_left{};
  std::optional<Instant> until{};           // lock or maintenance end, rate limit reset
  std::string field{};                      // invalid_field: which one
  std::string detail{};                     // schema_drift, bug: where; member names and byte offsets only
  std::optional<std::string> phone{};       // blocked: whom the parent has to call, as +18005550139
};

// What a refusal means to everybody but the adapter. A reason that is not known adds nothing.
Trouble trouble_of(const Refusal& refusal);

using SecretFields = std::map<std::string, SecretBytes>;  // field name -> what the parent typed

struct FieldSpec {
  std::string name{};                       // user_name, password, code, answer, pin, case_number ...
  std::string type = "text";                // text, password, digits, date
  bool secret = true;
  int length_max = 128;
  std::optional<int> length_exact{};
};

struct ChallengeSpec {
  // otp, question, credentials, fields, action_needed, mailed_code, choice, new_credential.
  // mailed_code: a letter takes days; expires_at says how long it is waited for. new_credential: the old one
  // is good for nothing but choosing another.
  std::string kind{};
  std::string prompt_key{};                 // key of the message catalogue, e.g. challenge.otp.email
  std::string upstream_text{};              // the state's own question, shown quoted; empty when none
  std::vector<FieldSpec> fields{};
  std::string channel{};                    // email, phone, post
  std::string destination_hint{};           // masked: p***@example.com
  std::optional<Instant> expires_at{};
  std::optional<int> attempts_left{};
  bool resend_allowed = false;
  std::optional<Instant> resend_after{};
  // Ways to choose from when the code is sent again; the answer's field `channel` names one. None: no choice.
  std::optional<std::vector<std::string>> channels{};
};

// A sign-in that is complete: an opaque session of the state, and who the state says the person is.
struct AuthDone {
  SecretBytes session{};                    // adapter's own blob; sealed by the host
  std::optional<Instant> idle_expires_at{};
  std::optional<Instant> absolute_expires_at{};
  std::string subject_key{};                // the person at the system, stable; hashed before it is stored
  bool second_step_used = false;
};
// The state wants something more from the parent; `resume` is opaque and comes back with the answer.
struct AuthChallenge {
  ChallengeSpec challenge{};
  SecretBytes resume{};
};
// The parent must do something at the state's own page or office.
struct AuthAction {
  std::string kind{};                       // reset_password, enroll, contact_agency, accept_terms
  std::string url{};
};
using AuthStep = std::variant<AuthDone, AuthChallenge, AuthAction>;

struct AuthBegin {
  std::string credential_kind{};            // username_password ...
  SecretFields fields{};
};
struct AuthAnswer {
  bool resend = false;                      // true: send the code again, fields are empty
  SecretFields fields{};
};

// The work is not ready; ask again with `resume`, not before the moment given. No thread waits for it.
struct Pending {
  Instant not_before{};
  SecretBytes resume{};
};

// A list entry: enough to read the case.
struct CaseHandle {
  std::string key{};
};
struct CaseList {
  std::vector<CaseHandle> cases{};
};
struct CaseReadQuery {
  std::string case_key{};
  std::vector<Dataset> datasets{};
};
struct CaseContent {
  std::vector<DatasetAnswer> datasets{};    // one for each dataset asked for
};
struct DocumentQuery {
  std::string case_key{};
  std::string document_key{};
};
struct DocumentContent {
  std::string media_type{};
  std::string bytes{};
};

}  // namespace casebridge::model
