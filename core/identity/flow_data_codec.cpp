// FlowData as the JSON text of the flow's row.
#include <nlohmann/json.hpp>

#include "core/identity/flow_data.hpp"

namespace casebridge::identity {
namespace {

std::optional<std::string> text_of(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

nlohmann::json passkey_json(const PasskeyAsk& ask) {
  nlohmann::json credentials = nlohmann::json::array();
  for (const PasskeyRef& one : ask.credentials)
    credentials.push_back({{"id", one.id}, {"transports", one.transports}});
  return {{"challenge", ask.challenge},
          {"party", ask.party},
          {"user_handle", ask.user_handle},
          {"user_name", ask.user_name},
          {"credentials", credentials}};
}

std::optional<PasskeyAsk> passkey_of(const nlohmann::json& data) {
  const auto json = data.find("passkey");
  if (json == data.end() || !json->is_object()) return std::nullopt;
  PasskeyAsk ask{text_of(*json, "challenge").value_or(""), text_of(*json, "party").value_or(""),
                 text_of(*json, "user_handle").value_or(""), text_of(*json, "user_name").value_or("")};
  const auto credentials = json->find("credentials");
  if (credentials == json->end() || !credentials->is_array()) return std::nullopt;
  for (const auto& one : *credentials)
    if (one.is_object())
      ask.credentials.push_back({text_of(one, "id").value_or(""), text_of(one, "transports").value_or("")});
  return ask;
}

bool json_flag_of(const nlohmann::json& object, const char* name, bool otherwise) {
  const auto found = object.find(name);
  return found != object.end() && found->is_boolean() ? found->get<bool>() : otherwise;
}

std::int64_t json_number_of(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

}  // namespace

std::string write_flow_data(const FlowData& data) {
  nlohmann::json json{{"email", data.email},
                      {"canonical", data.canonical},
                      {"locale", data.locale},
                      {"sealed_hash", data.sealed_hash},
                      {"proved_version", data.proved_version},
                      {"second_factor", data.second_factor},
                      {"sealed_secret", data.sealed_secret},
                      {"has_app", data.has_app},
                      {"has_passkey", data.has_passkey},
                      {"challenge_until", data.challenge_until}};
  if (data.passkey) json["passkey"] = passkey_json(*data.passkey);
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<FlowData> read_flow_data(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  const auto email = text_of(json, "email");
  const auto canonical = text_of(json, "canonical");
  const auto locale = text_of(json, "locale");
  const auto sealed_hash = text_of(json, "sealed_hash");
  if (!email || !canonical || !locale || !sealed_hash) return std::nullopt;
  // Flows that were under way when the gateway was upgraded lack what came later.
  return FlowData{*email,
                  *canonical,
                  *locale,
                  *sealed_hash,
                  json_number_of(json, "proved_version"),
                  json_flag_of(json, "second_factor", false),
                  text_of(json, "sealed_secret").value_or(""),
                  json_flag_of(json, "has_app", true),
                  json_flag_of(json, "has_passkey", false),
                  passkey_of(json),
                  json_number_of(json, "challenge_until")};
}

}  // namespace casebridge::identity
