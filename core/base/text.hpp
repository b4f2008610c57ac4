// Small text work on octets: trimming, ASCII case, UTF-8 checks, number parsing without locales.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casebridge::text {

std::string_view trim(std::string_view text);  // ASCII blanks and tabs, CR, LF
std::string lower_ascii(std::string_view text);
std::string upper_ascii(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);
std::vector<std::string> split(std::string_view text, char separator);
bool is_utf8(std::string_view text);  // no overlong forms, no surrogates
// Octets of the first code point; 0 when the text is empty or does not begin with UTF-8.
std::size_t utf8_sequence_size(std::string_view text);
std::size_t count_code_points(std::string_view utf8);
bool has_control(std::string_view text);                         // octets below 0x20 or 0x7F
std::optional<std::int64_t> parse_int(std::string_view digits);  // optional '-', digits only, whole string
bool all_digits(std::string_view text);
std::string percent_encode(std::string_view text);  // RFC 3986 unreserved characters stay
std::optional<std::string> percent_decode(std::string_view text);

}  // namespace casebridge::text
