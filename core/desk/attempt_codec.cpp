// Writes and reads the JSON columns of link attempts.
#include "core/desk/attempt_codec.hpp"

#include <nlohmann/json.hpp>

namespace casebridge::desk {
namespace {

using nlohmann::json;

json of(const std::optional<Instant>& instant) { return instant ? json(to_text(*instant)) : json(nullptr); }
json of(const std::optional<int>& number) { return number ? json(*number) : json(nullptr); }

std::string text_at(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}
bool flag_at(const json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_boolean() && found->get<bool>();
}
std::optional<int> number_at(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_number_integer()) return std::nullopt;
  return found->get<int>();
}
std::optional<Instant> instant_at(const json& object, const char* name) {
  return parse_instant(text_at(object, name));
}

json of(const model::FieldSpec& field) {
  return {{"name", field.name},
          {"type", field.type},
          {"secret", field.secret},
          {"length_max", field.length_max},
          {"length_exact", of(field.length_exact)}};
}

model::FieldSpec field_from(const json& object) {
  model::FieldSpec field;
  field.name = text_at(object, "name");
  field.type = text_at(object, "type");
  field.secret = flag_at(object, "secret");
  field.length_max = number_at(object, "length_max").value_or(field.length_max);
  field.length_exact = number_at(object, "length_exact");
  return field;
}

}  // namespace

bool is_letter(const OpenChallenge& challenge) { return challenge.spec.kind == "mailed_code"; }

std::string encode(const OpenChallenge& challenge) {
  const model::ChallengeSpec& spec = challenge.spec;
  json fields = json::array();
  for (const model::FieldSpec& field : spec.fields) fields.push_back(of(field));
  const json object{{"kind", spec.kind},
                    {"prompt_key", spec.prompt_key},
                    {"upstream_text", spec.upstream_text},
                    {"fields", fields},
                    {"channel", spec.channel},
                    {"destination_hint", spec.destination_hint},
                    {"expires_at", of(spec.expires_at)},
                    {"attempts_left", of(spec.attempts_left)},
                    {"resend_allowed", spec.resend_allowed},
                    {"resend_after", of(spec.resend_after)},
                    {"channels", spec.channels.value_or(std::vector<std::string>{})},
                    {"action", challenge.action},
                    {"action_url", challenge.action_url},
                    {"verifying_until", of(challenge.verifying_until)}};
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<OpenChallenge> decode_open_challenge(std::string_view text) {
  const json object = json::parse(text, nullptr, false);
  if (!object.is_object() || !object.contains("fields") || !object["fields"].is_array()) {
    return trouble(TroubleCode::internal, "stored challenge");
  }
  OpenChallenge challenge;
  model::ChallengeSpec& spec = challenge.spec;
  spec.kind = text_at(object, "kind");
  spec.prompt_key = text_at(object, "prompt_key");
  spec.upstream_text = text_at(object, "upstream_text");
  for (const json& field : object["fields"]) spec.fields.push_back(field_from(field));
  spec.channel = text_at(object, "channel");
  spec.destination_hint = text_at(object, "destination_hint");
  spec.expires_at = instant_at(object, "expires_at");
  spec.attempts_left = number_at(object, "attempts_left");
  spec.resend_allowed = flag_at(object, "resend_allowed");
  spec.resend_after = instant_at(object, "resend_after");
  // A challenge that was stored before there was a choice has none.
  if (const auto ways = object.find("channels"); ways != object.end() && ways->is_array() && !ways->empty()) {
    spec.channels.emplace();
    for (const json& way : *ways)
      if (way.is_string()) spec.channels->push_back(way.get<std::string>());
  }
  challenge.action = text_at(object, "action");
  challenge.action_url = text_at(object, "action_url");
  challenge.verifying_until = instant_at(object, "verifying_until");
  return challenge;
}

std::string encode_trouble_facts(const Trouble& trouble) {
  const json object{{"attempts_left", of(trouble.attempts_left)},
                    {"retry_at", of(trouble.retry_at)},
                    {"remedy", trouble.remedy_action},
                    {"remedy_url", trouble.remedy_url},
                    {"field", trouble.field},
                    {"reference", trouble.reference}};
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<Trouble> decode_trouble(std::string_view code_name, std::string_view facts) {
  if (code_name.empty()) return std::nullopt;
  Trouble made = trouble(trouble_code_of(code_name).value_or(TroubleCode::internal));
  const json object = json::parse(facts, nullptr, false);
  if (!object.is_object()) return made;
  made.attempts_left = number_at(object, "attempts_left");
  made.retry_at = instant_at(object, "retry_at");
  made.remedy_action = text_at(object, "remedy");
  made.remedy_url = text_at(object, "remedy_url");
  made.field = text_at(object, "field");
  made.reference = text_at(object, "reference");
  return made;
}

}  // namespace casebridge::desk
