// MM/DD/YYYY and MM/DD/YYYY hh:mm AM, by position and without locales.
#include "plugins/texas_icop/wire_dates.hpp"

#include <algorithm>
#include <chrono>

#include "core/base/text.hpp"

namespace casebridge::texas_icop {
namespace {

std::optional<unsigned> two_digits(std::string_view text) {
  if (text.size() != 2 || !text::all_digits(text)) return std::nullopt;
  return static_cast<unsigned>(*text::parse_int(text));
}

std::string two_digits(unsigned number) {
  const std::string digits = std::to_string(number);
  return digits.size() < 2 ? "0" + digits : digits;
}

std::optional<model::Date> parse_day(std::string_view text) {
  if (text.size() != 10 || text[2] != '/' || text[5] != '/') return std::nullopt;
  const auto month = two_digits(text.substr(0, 2));
  const auto day = two_digits(text.substr(3, 2));
  const std::string_view year = text.substr(6);
  if (!month || !day || !text::all_digits(year)) return std::nullopt;
  return model::Date::of(static_cast<int>(*text::parse_int(year)), *month, *day);
}

}  // namespace

std::optional<Known<model::Date>> parse_wire_date(std::string_view text) {
  if (text.empty() || text == "00/00/0000") return Known<model::Date>(Missing::absent);
  const auto day = parse_day(text);
  if (!day) return std::nullopt;
  return Known<model::Date>(*day);
}

std::string wire_date(model::Date day) {
  const std::string iso = day.text();
  return iso.substr(5, 2) + "/" + iso.substr(8, 2) + "/" + iso.substr(0, 4);
}

std::optional<std::string> parse_wire_local_time(std::string_view text) {
  if (text.size() != 19 || text[10] != ' ' || text[13] != ':' || text[16] != ' ') return std::nullopt;
  const auto day = parse_day(text.substr(0, 10));
  const auto hour = two_digits(text.substr(11, 2));
  const auto minute = two_digits(text.substr(14, 2));
  const std::string_view half = text.substr(17);
  if (!day || !hour || !minute || (half != "AM" && half != "PM")) return std::nullopt;
  if (*hour < 1 || *hour > 12 || *minute > 59) return std::nullopt;
  const unsigned of_day = *hour % 12 + (half == "PM" ? 12U : 0U);
  return day->text() + "T" + two_digits(of_day) + ":" + two_digits(*minute);
}

model::Date months_before(model::Date day, int months) {
  const std::string iso = day.text();
  const auto month_of_day = static_cast<unsigned>(*text::parse_int(iso.substr(5, 2)));
  const auto day_of_month = static_cast<unsigned>(*text::parse_int(iso.substr(8, 2)));
  const std::chrono::year_month month =
      std::chrono::year{day.year()} / std::chrono::month{month_of_day} - std::chrono::months{months};
  const auto year_of = static_cast<int>(month.year());
  const auto month_number = static_cast<unsigned>(month.month());
  const auto last = static_cast<unsigned>((month / std::chrono::last).day());
  return *model::Date::of(year_of, month_number, std::min(day_of_month, last));
}

}  // namespace casebridge::texas_icop
