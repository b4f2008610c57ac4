// Instants to and from RFC 3339 text, without locales or time zones.
#include "core/base/instant.hpp"

#include <fmt/format.h>

#include "core/base/text.hpp"

namespace casebridge {
namespace {

std::optional<int> number_at(std::string_view text, std::size_t from, std::size_t count) {
  const auto number = text::parse_int(text.substr(from, count));
  if (!number || !text::all_digits(text.substr(from, count))) return std::nullopt;
  return static_cast<int>(*number);
}

// What follows the seconds: "Z", or a fraction and "Z".
bool is_tail(std::string_view tail) {
  if (tail.empty() || tail.back() != 'Z') return false;
  tail.remove_suffix(1);
  return tail.empty() || (tail.front() == '.' && tail.size() > 1 && text::all_digits(tail.substr(1)));
}

}  // namespace

std::string to_text(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{instant - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::optional<Instant> parse_instant(std::string_view text) {
  constexpr std::string_view shape = "dddd-dd-ddTdd:dd:dd";
  if (text.size() <= shape.size() || !is_tail(text.substr(shape.size()))) return std::nullopt;
  for (std::size_t i = 0; i < shape.size(); ++i)
    if (shape[i] != 'd' && text[i] != shape[i]) return std::nullopt;
  const auto year = number_at(text, 0, 4), month = number_at(text, 5, 2), day = number_at(text, 8, 2);
  const auto hour = number_at(text, 11, 2), minute = number_at(text, 14, 2), second = number_at(text, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
         std::chrono::seconds{*second};
}

}  // namespace casebridge
