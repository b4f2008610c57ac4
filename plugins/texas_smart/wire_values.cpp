// By position, without locales; what does not fit is no value.
#include "plugins/texas_smart/wire_values.hpp"

#include <chrono>
#include <string>

#include "core/base/text.hpp"

namespace casebridge::texas_smart {
namespace {

constexpr std::size_t date_time_size = 19;  // 2026-03-16T09:10:00
constexpr int offset_minutes_max = 14 * 60;

// "-05:00" in minutes.
std::optional<int> offset_of(std::string_view text) {
  if (text == "Z") return 0;
  if (text.size() != 6 || text[3] != ':' || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  if (!text::all_digits(text.substr(1, 2)) || !text::all_digits(text.substr(4, 2))) return std::nullopt;
  const auto hours = static_cast<int>(*text::parse_int(text.substr(1, 2)));
  const auto minutes = static_cast<int>(*text::parse_int(text.substr(4, 2)));
  const int whole = hours * 60 + minutes;
  if (minutes > 59 || whole > offset_minutes_max) return std::nullopt;
  return text[0] == '-' ? -whole : whole;
}

}  // namespace

std::optional<model::Money> parse_amount(std::string_view text) {
  if (text.size() < 4 || text[text.size() - 3] != '.') return std::nullopt;
  return model::Money::parse(text);
}

std::optional<Known<model::Date>> parse_date(std::string_view text) {
  if (text == "0001-01-01" || text == "9999-12-31") return Known<model::Date>(Missing::absent);
  const auto date = model::Date::parse(text);
  if (!date) return std::nullopt;
  return Known<model::Date>(*date);
}

std::optional<Instant> parse_date_time(std::string_view text) {
  if (text.size() <= date_time_size) return std::nullopt;
  std::string_view zone = text.substr(date_time_size);
  // Fractions of a second are allowed by the type and mean nothing here.
  if (zone.front() == '.') {
    const std::size_t end = zone.find_first_not_of("0123456789", 1);
    if (end == std::string_view::npos || end == 1) return std::nullopt;
    zone.remove_prefix(end);
  }
  const auto wall = parse_instant(std::string(text.substr(0, date_time_size)) + "Z");
  const auto offset = offset_of(zone);
  if (!wall || !offset) return std::nullopt;
  return *wall - std::chrono::minutes{*offset};
}

bool is_case_number(std::string_view text) { return text.size() == 10 && text::all_digits(text); }

}  // namespace casebridge::texas_smart
