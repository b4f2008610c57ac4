// Lenient where RFC 6265 §5.2 says so, since states' servers are old; strict about octets.
#include "core/switchboard/cookie_line.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "core/base/text.hpp"

namespace casebridge::switchboard {
namespace {

constexpr std::size_t cookie_bytes_max = 4096;
constexpr std::size_t attribute_bytes_max = 1024;

bool is_date_delimiter(char c) {
  return c == '\t' || (c >= ' ' && c <= '/') || (c >= ';' && c <= '@') || (c >= '[' && c <= '`') ||
         (c >= '{' && c <= '~');
}

// The digits at the begin of a token, if there are `least` to `most` of them and no other digit follows.
std::optional<int> leading_number(std::string_view token, std::size_t least, std::size_t most) {
  const auto end = std::find_if(token.begin(), token.end(), [](char c) { return c < '0' || c > '9'; });
  const auto size = static_cast<std::size_t>(end - token.begin());
  if (size < least || size > most) return std::nullopt;
  return static_cast<int>(*text::parse_int(token.substr(0, size)));
}

struct DateParts {
  std::optional<int> time_s{}, day{}, month{}, year{};
};

// hh:mm:ss, each of one or two digits.
std::optional<int> time_of(std::string_view token) {
  const auto parts = text::split(token, ':');
  if (parts.size() != 3) return std::nullopt;
  const auto hour = leading_number(parts[0], 1, 2);
  const auto minute = leading_number(parts[1], 1, 2);
  const auto second = leading_number(parts[2], 1, 2);
  if (!hour || !minute || !second || parts[0].size() > 2 || parts[1].size() > 2) return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return *hour * 3600 + *minute * 60 + *second;
}

std::optional<int> month_number(std::string_view token) {
  constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                    "jul", "aug", "sep", "oct", "nov", "dec"};
  const std::string begin = text::lower_ascii(token.substr(0, 3));
  for (std::size_t i = 0; i < months.size(); ++i)
    if (months[i] == begin) return static_cast<int>(i) + 1;
  return std::nullopt;
}

void take_date_token(std::string_view token, DateParts& parts) {
  if (!parts.time_s && (parts.time_s = time_of(token))) return;
  if (!parts.day && (parts.day = leading_number(token, 1, 2))) return;
  if (!parts.month && (parts.month = month_number(token))) return;
  if (!parts.year) parts.year = leading_number(token, 2, 4);
}

void take_attribute(std::string_view name, std::string_view value, CookieLine& cookie) {
  if (value.size() > attribute_bytes_max) return;
  if (text::equal_ignoring_case(name, "Expires")) {
    if (const auto date = parse_cookie_date(value)) cookie.expires = date;
  } else if (text::equal_ignoring_case(name, "Max-Age")) {
    const std::string_view digits = value.starts_with('-') ? value.substr(1) : value;
    if (digits.empty() || !text::all_digits(digits)) return;
    // Longer numbers are ages nobody lives to see.
    cookie.max_age_s = value.starts_with('-') ? 0 : text::parse_int(digits.substr(0, 10));
  } else if (text::equal_ignoring_case(name, "Domain")) {
    cookie.domain = text::lower_ascii(value.starts_with('.') ? value.substr(1) : value);
  } else if (text::equal_ignoring_case(name, "Path")) {
    cookie.path = value.starts_with('/') ? std::string(value) : std::string{};
  } else if (text::equal_ignoring_case(name, "Secure")) {
    cookie.secure = true;
  }
}

}  // namespace

std::optional<Instant> parse_cookie_date(std::string_view text) {
  DateParts parts;
  while (!text.empty()) {
    const auto end = std::find_if(text.begin(), text.end(), is_date_delimiter);
    const auto size = static_cast<std::size_t>(end - text.begin());
    if (size > 0) take_date_token(text.substr(0, size), parts);
    text.remove_prefix(std::min(text.size(), size + 1));
  }
  if (!parts.time_s || !parts.day || !parts.month || !parts.year) return std::nullopt;
  int year = *parts.year;
  if (year >= 70 && year <= 99) year += 1900;
  if (year >= 0 && year <= 69) year += 2000;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(*parts.month)},
                                         std::chrono::day{static_cast<unsigned>(*parts.day)}};
  if (year < 1601 || !date.ok()) return std::nullopt;
  return Instant{std::chrono::sys_days{date} + std::chrono::seconds{*parts.time_s}};
}

std::optional<CookieLine> parse_cookie_line(std::string_view line) {
  if (line.size() > cookie_bytes_max || text::has_control(line)) return std::nullopt;
  std::vector<std::string> parts = text::split(line, ';');
  const std::size_t equals = parts[0].find('=');
  if (equals == std::string::npos) return std::nullopt;
  CookieLine cookie;
  cookie.name = text::trim(std::string_view(parts[0]).substr(0, equals));
  cookie.value = text::trim(std::string_view(parts[0]).substr(equals + 1));
  if (cookie.name.empty()) return std::nullopt;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::string_view part = parts[i];
    const std::size_t at = std::min(part.find('='), part.size());
    take_attribute(text::trim(part.substr(0, at)),
                   at < part.size() ? text::trim(part.substr(at + 1)) : std::string_view{}, cookie);
  }
  // A name that promises something binds whoever sets it (RFC 6265bis §4.1.3).
  const bool of_host = cookie.name.starts_with("__Host-");
  if ((of_host || cookie.name.starts_with("__Secure-")) && !cookie.secure) return std::nullopt;
  if (of_host && (!cookie.domain.empty() || cookie.path != "/")) return std::nullopt;
  return cookie;
}

}  // namespace casebridge::switchboard
