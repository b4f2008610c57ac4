// A table for the letters of western Europe; the layout has no place for others.
#include "plugins/ohio_csenet/letters.hpp"

#include <cctype>

#include "core/base/text.hpp"

namespace casebridge::ohio_csenet {
namespace {

constexpr std::string_view allowed_marks = " .,-'&/#@:()";
constexpr char32_t first_accented = 0xC0, latin_end = 0x180;
// U+00C0 to U+00FF, U+0100 to U+017F.
constexpr std::string_view nearest =
    "AAAAAAACEEEEIIIIDNOOOOO OUUUUYTSAAAAAAACEEEEIIIIDNOOOOO OUUUUYTY"
    "AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIIIIIJJKKKLLLLLLLLLLNNNNNNNNNOOOOOOOORRRRRRSSSSSSSSTTTTTT"
    "UUUU"
    "UUUUUUUUWWYYYZZZZZZS";
static_assert(nearest.size() == latin_end - first_accented);

// The first character and how many octets it has.
std::pair<char32_t, std::size_t> first_character(std::string_view utf8) {
  const std::size_t size = text::utf8_sequence_size(utf8);
  if (size <= 1) return {static_cast<unsigned char>(utf8.front()), 1};
  char32_t code = static_cast<unsigned char>(utf8.front()) & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) code = (code << 6U) | (static_cast<unsigned char>(utf8[i]) & 0x3FU);
  return {code, size};
}

char plain(char32_t code) {
  if (code >= first_accented && code < latin_end) return nearest[code - first_accented];
  if (code >= 0x80) return ' ';
  const auto octet = static_cast<char>(std::toupper(static_cast<int>(code)));
  const bool letter = (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9');
  return letter || allowed_marks.find(octet) != std::string_view::npos ? octet : ' ';
}

std::optional<std::vector<std::string>> cut(std::string_view plain, std::size_t width,
                                            std::size_t lines_max) {
  if (plain.size() > width * lines_max) return std::nullopt;
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < plain.size(); at += width) lines.emplace_back(plain.substr(at, width));
  return lines;
}

}  // namespace

std::string plain_letters(std::string_view utf8) {
  std::string made;
  while (!utf8.empty()) {
    const auto [code, size] = first_character(utf8);
    made += plain(code);
    utf8.remove_prefix(size);
  }
  return made;
}

std::optional<std::vector<std::string>> wrapped(std::string_view plain, std::size_t width,
                                                std::size_t lines_max) {
  std::vector<std::string> lines;
  for (const std::string& word : text::split(plain, ' ')) {
    if (word.empty()) continue;
    if (word.size() > width) return cut(plain, width, lines_max);
    if (lines.empty() || lines.back().size() + 1 + word.size() > width)
      lines.push_back(word);
    else
      lines.back() += " " + word;
  }
  if (lines.size() > lines_max) return cut(plain, width, lines_max);
  return lines;
}

}  // namespace casebridge::ohio_csenet
