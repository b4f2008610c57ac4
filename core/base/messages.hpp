// Messages: what people read, by key and language, from config/messages/<language>.json.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.hpp"

namespace casebridge {

// Any thread, once loaded. A key that is missing in one language is found at start, not by a reader.
class Messages {
 public:
  using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  // English is needed; every other language must have exactly its keys. dependency_failed names file and key.
  static Result<Messages> load(const std::filesystem::path& directory,
                               const std::vector<std::string>& languages);
  // dependency_failed names the first key that is not there.
  Result<void> require(const std::vector<std::string>& keys) const;

  bool has_language(std::string_view language) const { return languages_.contains(language); }
  // English for a language that is not there, and the key itself for a key that is not there.
  std::string_view text(std::string_view language, std::string_view key) const;
  // Puts values in the place of {name}; values are not looked at again.
  std::string filled(std::string_view language, std::string_view key, Values values) const;
  const std::map<std::string, std::string, std::less<>>* all(std::string_view language) const;

 private:
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> languages_;
};

}  // namespace casebridge
