// Settings: one flat JSON object, read once.
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "plugins/sdk/host.hpp"

namespace casebridge::sdk {

struct Settings::Values {
  nlohmann::json object;

  const nlohmann::json* find(std::string_view name) const {
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
  }
};

Settings::Settings(std::string_view json) {
  auto parsed = nlohmann::json::parse(json, nullptr, false);
  if (!parsed.is_object()) throw std::invalid_argument("settings are not a JSON object");
  values_ = std::make_unique<const Values>(Values{std::move(parsed)});
}

Settings::~Settings() = default;

std::optional<std::string> Settings::text(std::string_view name) const {
  const auto* value = values_->find(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return value->get<std::string>();
}

std::optional<std::int64_t> Settings::number(std::string_view name) const {
  const auto* value = values_->find(name);
  if (value == nullptr || !value->is_number_integer()) return std::nullopt;
  return value->get<std::int64_t>();
}

std::optional<bool> Settings::flag(std::string_view name) const {
  const auto* value = values_->find(name);
  if (value == nullptr || !value->is_boolean()) return std::nullopt;
  return value->get<bool>();
}

}  // namespace casebridge::sdk
