// Looks up and fills messages.
#include "core/base/messages.hpp"

namespace casebridge {

Result<void> Messages::require(const std::vector<std::string>& keys) const {
  const auto& english = languages_.find("en")->second;
  for (const std::string& key : keys)
    if (!english.contains(key))
      return trouble(TroubleCode::dependency_failed, "en.json: " + key + " is missing");
  return {};
}

const std::map<std::string, std::string, std::less<>>* Messages::all(std::string_view language) const {
  const auto found = languages_.find(language);
  return found == languages_.end() ? nullptr : &found->second;
}

std::string_view Messages::text(std::string_view language, std::string_view key) const {
  const auto* texts = all(language) != nullptr ? all(language) : all("en");
  if (texts == nullptr) return key;
  const auto found = texts->find(key);
  return found == texts->end() ? key : std::string_view(found->second);
}

std::string Messages::filled(std::string_view language, std::string_view key, Values values) const {
  const std::string_view pattern = text(language, key);
  std::string out;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t open = pattern.find('{', at);
    const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) return out.append(pattern.substr(at));
    out.append(pattern.substr(at, open - at));
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    std::string_view value = pattern.substr(open, close - open + 1);  // an unknown name stays visible
    for (const auto& [known, text] : values)
      if (known == name) value = text;
    out.append(value);
    at = close + 1;
  }
  return out;
}

}  // namespace casebridge
