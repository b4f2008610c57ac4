// The parts of the gateway's answers that the command needs, as plain data. answers_codec.cpp reads them from
// JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/cli/api_client.hpp"

namespace casebridge::cli {

struct Input {
  std::string name, label;
  bool secret = false;
  bool required = true;
  bool action = false;   // a button, not a field
  bool passkey = false;  // asked of a browser
};

struct FlowAnswer {
  std::string id, step;
  std::int64_t seq = 0;
  std::vector<Input> inputs;
  std::vector<std::string> messages;
  bool done = false;
  SecretBytes token;    // of the session, when this answer carried one
  std::string refusal;  // why the step was refused, for people; empty when it was taken
};

struct AttemptAnswer {
  std::string id, state, challenge_id, kind, prompt, upstream_text, hint, action_url;
  std::int64_t seq = 0;
  std::vector<Input> inputs;
  std::optional<int> attempts_left;
  std::string sync_id, link_id;
  std::string refusal;
  bool last_attempt_risk = false;  // the gateway asks for an explicit word before the last try
};

struct SyncAnswer {
  std::string id, state;
};

// What the person is told about a problem: the user's message, then title and code, and the Request-Id.
std::string complaint_of(const ApiAnswer& answer);
bool is_success(const ApiAnswer& answer);

// An answer that is no JSON of the expected shape is `internal`.
Result<FlowAnswer> read_flow(const ApiAnswer& answer);        // also from a problem with the member `flow`
Result<AttemptAnswer> read_attempt(const ApiAnswer& answer);  // also from a problem with the member `attempt`
Result<SyncAnswer> read_sync(const ApiAnswer& answer);

SecretBytes write_flow_start(const std::string& kind);
SecretBytes write_attempt_start(const std::string& system, const std::string& custody);
struct TypedField {
  std::string name;
  SecretBytes value;
};
SecretBytes write_flow_fields(std::int64_t seq, const std::vector<TypedField>& fields);
SecretBytes write_challenge_answer(std::int64_t seq, const std::vector<TypedField>& fields,
                                   bool confirm_last);

// Tables for people, from the answers of /v1/cases, /v1/cases/{id}, /v1/me/summary, /v1/jurisdictions and
// /v1/status.
Result<std::string> show_cases(const ApiAnswer& answer);
Result<std::vector<std::string>> case_ids(const ApiAnswer& answer);
Result<std::string> show_case(const ApiAnswer& answer);
Result<std::string> show_summary(const ApiAnswer& answer);
Result<std::string> show_states(const ApiAnswer& answer);
Result<std::string> show_status(const ApiAnswer& answer);

}  // namespace casebridge::cli
