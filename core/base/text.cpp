// Small text work on octets, without locales.
#include "core/base/text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace casebridge::text {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
unsigned octet(char c) { return static_cast<unsigned char>(c); }
bool continues(char c) { return (octet(c) & 0xC0U) == 0x80U; }

bool is_unreserved(char c) {
  const char folded = lower(c);
  return is_digit(c) || (folded >= 'a' && folded <= 'z') || c == '-' || c == '.' || c == '_' || c == '~';
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char folded = lower(c);
  return folded >= 'a' && folded <= 'f' ? folded - 'a' + 10 : -1;
}

bool is_ascii_eight(std::string_view text) {
  constexpr std::uint64_t high = 0x8080808080808080;
  std::uint64_t eight = high;
  if (text.size() >= sizeof(eight)) std::memcpy(&eight, text.data(), sizeof(eight));
  return (eight & high) == 0;
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string lower_ascii(std::string_view text) {
  std::string made(text);
  std::transform(made.begin(), made.end(), made.begin(), lower);
  return made;
}

std::string upper_ascii(std::string_view text) {
  std::string made(text);
  std::transform(made.begin(), made.end(), made.begin(), upper);
  return made;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t from = 0;;) {
    const std::size_t to = text.find(separator, from);
    parts.emplace_back(text.substr(from, to - from));
    if (to == std::string_view::npos) return parts;
    from = to + 1;
  }
}

std::size_t utf8_sequence_size(std::string_view text) {
  if (text.empty()) return 0;
  const unsigned first = octet(text[0]);
  if (first < 0x80) return 1;
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < size) return 0;
  if (!std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(size), continues)) return 0;
  // The second octet tells overlong forms, surrogates and what lies beyond U+10FFFF (Unicode table 3-7).
  const unsigned second = octet(text[1]);
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)) return 0;
  if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 0;
  return size;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    // Most texts are ASCII nearly throughout: eight octets of it at once.
    while (is_ascii_eight(text)) text.remove_prefix(sizeof(std::uint64_t));
    if (text.empty()) break;
    const std::size_t size = utf8_sequence_size(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

std::size_t count_code_points(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return !continues(c); }));
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return octet(c) < 0x20 || octet(c) == 0x7F; });
}

std::optional<std::int64_t> parse_int(std::string_view digits) {
  std::int64_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stopped, error] = std::from_chars(digits.data(), end, number);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return number;
}

bool all_digits(std::string_view text) {
  // A lambda, because the reader of fixed-width lines asks this of every number: it is compiled in place.
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c); });
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view hex_digits = "0123456789ABCDEF";
  std::string made;
  made.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      made += c;
    } else {
      made += '%';
      made += hex_digits[octet(c) >> 4];
      made += hex_digits[octet(c) & 15];
    }
  }
  return made;
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string made;
  made.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      made += text[i];
      continue;
    }
    if (text.size() - i < 3) return std::nullopt;
    const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    made += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return made;
}

}  // namespace casebridge::text
