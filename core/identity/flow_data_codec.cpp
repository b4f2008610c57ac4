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
                            {"sealed_hash", data.sealed_hash}};
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
  return FlowData{*email, *canonical, *locale, *sealed_hash};
}

}  // namespace casebridge::identity
