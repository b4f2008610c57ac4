// Folding by the tables of Unicode. A distance is only ever asked up to one, so no matrix is filled.
#include "core/desk/search_words.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <array>

#include "core/base/text.hpp"

namespace casebridge::desk {
namespace {

constexpr std::size_t text_bytes_max = 400;  // a question of 100 characters; names are shorter

// Case folded and decomposed (NFKD), so that accents are characters of their own.
std::u16string unfolded(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  std::array<UChar, text_bytes_max + 1> wide{}, folded{};
  std::int32_t size = 0;
  u_strFromUTF8(wide.data(), static_cast<std::int32_t>(wide.size()), &size, text.data(),
                static_cast<std::int32_t>(text.size()), &status);
  size = u_strFoldCase(folded.data(), static_cast<std::int32_t>(folded.size()), wide.data(), size,
                       U_FOLD_CASE_DEFAULT, &status);
  if (U_FAILURE(status)) return {};
  constexpr std::size_t expansion_max = 18;
  std::u16string apart(static_cast<std::size_t>(size) * expansion_max + 1, u'\0');
  const UNormalizer2* rules = unorm2_getNFKDInstance(&status);
  const std::int32_t made = unorm2_normalize(rules, folded.data(), size, apart.data(),
                                             static_cast<std::int32_t>(apart.size()), &status);
  if (U_FAILURE(status)) return {};
  apart.resize(static_cast<std::size_t>(made));
  return apart;
}

std::string narrow(const std::u16string& word) {
  UErrorCode status = U_ZERO_ERROR;
  constexpr std::size_t octets_each_max = 3;
  std::string octets(word.size() * octets_each_max, '\0');
  std::int32_t size = 0;
  u_strToUTF8(octets.data(), static_cast<std::int32_t>(octets.size()), &size, word.data(),
              static_cast<std::int32_t>(word.size()), &status);
  octets.resize(U_FAILURE(status) ? 0 : static_cast<std::size_t>(size));
  return octets;
}

}  // namespace

std::vector<std::string> search_words(std::string_view text) {
  std::vector<std::string> words;
  if (text.size() > text_bytes_max || !text::is_utf8(text)) return words;
  std::u16string word;
  const auto finish = [&] {
    if (!word.empty()) words.push_back(narrow(word));
    word.clear();
  };
  for (const char16_t unit : unfolded(text)) {
    // "Hawai'i" and "mother's" are one word each.
    const bool within_word = unit == u'\'' || unit == u'\u2019' || unit == u'\u02BB';
    if (within_word || u_charType(unit) == U_NON_SPACING_MARK) continue;
    if (u_isalnum(unit) != 0)
      word.push_back(unit);
    else
      finish();
  }
  finish();
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += word;
  return all;
}

bool within_one_edit(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  const auto first = std::mismatch(a.begin(), a.end(), b.begin()).first;
  const auto differs = static_cast<std::size_t>(first - a.begin());
  a.remove_prefix(differs);
  b.remove_prefix(differs);
  if (a.size() < b.size()) return a == b.substr(1);
  if (a.empty() || a.substr(1) == b.substr(1)) return true;
  return a.size() > 1 && a[0] == b[1] && a[1] == b[0] && a.substr(2) == b.substr(2);
}

}  // namespace casebridge::desk
