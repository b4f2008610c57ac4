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

}  // namespace

std::string write_flow_data(const FlowData& data) {
  const nlohmann::json json{{"email", data.email},
                            {"canonical", data.canonical},
                            {"locale", data.locale},
                            {"sealed_hash", data.sealed_hash},
                            {"proved_version", data.proved_version},
                            {"second_factor", data.second_factor},
                            {"sealed_secret", data.sealed_secret}};
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
  const auto version = json.find("proved_version");
  const auto factor = json.find("second_factor");
  const bool has_version = version != json.end() && version->is_number_integer();
  return FlowData{*email,
                  *canonical,
                  *locale,
                  *sealed_hash,
                  has_version ? version->get<std::int64_t>() : 0,
                  factor != json.end() && factor->is_boolean() && factor->get<bool>(),
                  text_of(json, "sealed_secret").value_or("")};
}

}  // namespace casebridge::identity
