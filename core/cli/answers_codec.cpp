// Reads the gateway's flows, attempts, syncs and problems; writes the bodies of requests that may hold
// secrets.
#include "core/cli/answers.hpp"

#include <nlohmann/json.hpp>

namespace casebridge::cli {

namespace {

using Json = nlohmann::json;

Trouble unreadable() { return trouble(TroubleCode::internal, "the gateway's answer was not understood"); }

std::string text_of(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t number_of(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

bool flag_of(const Json& object, const char* name, bool fallback) {
  const auto found = object.find(name);
  return found != object.end() && found->is_boolean() ? found->get<bool>() : fallback;
}

std::vector<Input> inputs_of(const Json& object, const char* list) {
  std::vector<Input> inputs;
  const auto found = object.find(list);
  if (found == object.end() || !found->is_array()) return inputs;
  for (const Json& node : *found) {
    Input input{text_of(node, "name"),
                text_of(node, "label"),
                flag_of(node, "secret", true),
                flag_of(node, "required", true),
                text_of(node, "type") == "action",
                text_of(node, "type").starts_with("passkey_")};
    if (input.label.empty()) input.label = input.name;
    inputs.push_back(std::move(input));
  }
  return inputs;
}

// The answer's object: itself, or, in a problem, the member that shows the same form again.
const Json* subject_of(const Json& answer, const char* member) {
  if (!answer.is_object()) return nullptr;
  if (const auto nested = answer.find(member); nested != answer.end() && nested->is_object()) return &*nested;
  return answer.contains("id") ? &answer : nullptr;
}

std::string refusal_of(const Json& answer) {
  const std::string said = text_of(answer, "user_message");
  return said.empty() ? text_of(answer, "title") : said;
}

// Written octet by octet into memory that is wiped: the fields are passwords and codes.
class SecretJson {
 public:
  explicit SecretJson(std::size_t size) : bytes_(size) {}
  void raw(std::string_view text) {
    for (const char c : text) put(c);
  }
  void quoted(std::string_view text) {
    put('"');
    for (const char c : text) {
      if (c == '"' || c == '\\') put('\\');
      if (static_cast<unsigned char>(c) < 0x20) {
        static constexpr char digits[] = "0123456789abcdef";
        raw("\\u00");
        put(digits[(c >> 4) & 0xf]);
        put(digits[c & 0xf]);
      } else {
        put(c);
      }
    }
    put('"');
  }
  SecretBytes done() const { return SecretBytes::copy_of(std::string_view(bytes_.reveal().data(), used_)); }

 private:
  void put(char c) { bytes_.bytes()[used_++] = static_cast<std::uint8_t>(c); }
  SecretBytes bytes_;
  std::size_t used_ = 0;
};

SecretBytes write_fields(std::int64_t seq, const std::vector<TypedField>& fields, std::string_view tail) {
  std::size_t size = 64 + tail.size();
  for (const auto& field : fields) size += 6 * (field.name.size() + field.value.size()) + 8;
  SecretJson json(size);
  json.raw("{\"seq\":" + std::to_string(seq) + ",\"fields\":{");
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) json.raw(",");
    json.quoted(fields[i].name);
    json.raw(":");
    json.quoted(fields[i].value.reveal());
  }
  json.raw("}");
  json.raw(tail);
  json.raw("}");
  return json.done();
}

}  // namespace

bool is_success(const ApiAnswer& answer) { return answer.status >= 200 && answer.status < 300; }

std::string complaint_of(const ApiAnswer& answer) {
  const Json problem = Json::parse(answer.body, nullptr, false);
  std::string said = "HTTP " + std::to_string(answer.status);
  if (problem.is_object()) said = refusal_of(problem) + " (" + text_of(problem, "code") + ")";
  return said + (answer.request_id.empty() ? "" : " [request " + answer.request_id + "]");
}

Result<FlowAnswer> read_flow(const ApiAnswer& answer) {
  const Json json = Json::parse(answer.body, nullptr, false);
  const Json* flow = subject_of(json, "flow");
  if (!flow) return unreadable();
  FlowAnswer read;
  read.id = text_of(*flow, "id");
  read.step = text_of(*flow, "step");
  read.seq = number_of(*flow, "seq");
  read.inputs = inputs_of(*flow, "nodes");
  read.done = flag_of(*flow, "done", false);
  if (const auto messages = flow->find("messages"); messages != flow->end() && messages->is_array())
    for (const Json& message : *messages) read.messages.push_back(text_of(message, "text"));
  if (const auto session = flow->find("session"); session != flow->end() && session->is_object()) {
    std::string token = text_of(*session, "token");
    read.token = SecretBytes::take(token);
  }
  if (!is_success(answer)) read.refusal = refusal_of(json);
  return read;
}

Result<AttemptAnswer> read_attempt(const ApiAnswer& answer) {
  const Json json = Json::parse(answer.body, nullptr, false);
  const Json* attempt = subject_of(json, "attempt");
  if (!attempt) return unreadable();
  AttemptAnswer read;
  read.id = text_of(*attempt, "id");
  read.state = text_of(*attempt, "state");
  read.link_id = text_of(*attempt, "link_id");
  read.sync_id = text_of(*attempt, "sync_id");
  if (const auto found = attempt->find("challenge"); found != attempt->end() && found->is_object()) {
    read.challenge_id = text_of(*found, "id");
    read.seq = number_of(*found, "seq");
    read.kind = text_of(*found, "kind");
    read.prompt = text_of(*found, "prompt");
    read.upstream_text = text_of(*found, "upstream_text");
    read.hint = text_of(*found, "destination_hint");
    read.action_url = text_of(*found, "action_url");
    read.inputs = inputs_of(*found, "fields");
    if (const auto left = found->find("attempts_left"); left != found->end() && left->is_number_integer())
      read.attempts_left = left->get<int>();
  }
  if (!is_success(answer)) read.refusal = refusal_of(json);
  read.last_attempt_risk = text_of(json, "code") == "challenge_lockout_risk";
  return read;
}

Result<SyncAnswer> read_sync(const ApiAnswer& answer) {
  const Json json = Json::parse(answer.body, nullptr, false);
  if (!json.is_object() || !json.contains("state")) return unreadable();
  return SyncAnswer{text_of(json, "id"), text_of(json, "state")};
}

SecretBytes write_flow_start(const std::string& kind) {
  return SecretBytes::copy_of(Json{{"kind", kind}, {"transport", "bearer"}}.dump());
}

SecretBytes write_attempt_start(const std::string& system, const std::string& custody) {
  return SecretBytes::copy_of(Json{{"mode", "create"}, {"system_id", system}, {"custody", custody}}.dump());
}

SecretBytes write_flow_fields(std::int64_t seq, const std::vector<TypedField>& fields) {
  return write_fields(seq, fields, "");
}

SecretBytes write_challenge_answer(std::int64_t seq, const std::vector<TypedField>& fields,
                                   bool confirm_last) {
  return write_fields(seq, fields, confirm_last ? ",\"confirm_last_attempt\":true" : "");
}

}  // namespace casebridge::cli
