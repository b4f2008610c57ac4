// Reads the message files: one flat JSON object of texts for each language.
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/messages.hpp"

namespace casebridge {
namespace {

using Texts = std::map<std::string, std::string, std::less<>>;

Trouble complaint(const std::string& where, const std::string& what) {
  return trouble(TroubleCode::dependency_failed, where + ": " + what);
}

Result<Texts> read_texts(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) return complaint(file.string(), "cannot be read");
  const std::string content{std::istreambuf_iterator<char>(stream), {}};
  const auto json = nlohmann::json::parse(content, nullptr, false);
  if (!json.is_object()) return complaint(file.string(), "is not a JSON object");
  Texts texts;
  for (const auto& [key, value] : json.items()) {
    if (!value.is_string()) return complaint(file.string(), key + " is not a text");
    texts.emplace(key, value.get<std::string>());
  }
  return texts;
}

std::optional<std::string> first_missing(const Texts& wanted, const Texts& present) {
  for (const auto& [key, text] : wanted)
    if (!present.contains(key)) return key;
  return std::nullopt;
}

}  // namespace

Result<Messages> Messages::load(const std::filesystem::path& directory,
                                const std::vector<std::string>& languages) {
  Messages made;
  CASEBRIDGE_TRY(const Texts english, read_texts(directory / "en.json"));
  for (const std::string& language : languages) {
    const std::string name = language + ".json";
    CASEBRIDGE_TRY(Texts texts, read_texts(directory / name));
    if (const auto key = first_missing(english, texts)) return complaint(name, *key + " is missing");
    if (const auto key = first_missing(texts, english)) return complaint(name, *key + " is not in en.json");
    made.languages_.emplace(language, std::move(texts));
  }
  made.languages_.insert_or_assign("en", english);
  return made;
}

}  // namespace casebridge
