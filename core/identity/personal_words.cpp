// Cuts an address at its punctuation.
#include "core/identity/personal_words.hpp"

namespace casebridge::identity {

std::vector<std::string> personal_words(std::string_view canonical_email) {
  std::vector<std::string> words{std::string(canonical_email),
                                 std::string(canonical_email.substr(0, canonical_email.find('@')))};
  std::string word;
  for (const char c : canonical_email) {
    if (std::string_view("@.-_+").find(c) == std::string_view::npos) {
      word.push_back(c);
      continue;
    }
    if (word.size() >= 3) words.push_back(word);
    word.clear();
  }
  return words;
}

}  // namespace casebridge::identity
