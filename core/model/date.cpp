// Days of the calendar: checked on the way in, ISO on the way out.
#include "core/model/date.hpp"

#include "core/base/text.hpp"
#include "core/model/time_zone.hpp"

namespace casebridge::model {
namespace {

std::chrono::sys_days days(std::chrono::year_month_day day) { return std::chrono::sys_days{day}; }

}  // namespace

std::optional<Date> Date::of(int year, unsigned month, unsigned day) {
  // Four digits, as in the text form.
  if (year < 1 || year > 9999 || month > 12 || day > 31) return std::nullopt;
  const auto made = std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day);
  if (!made.ok()) return std::nullopt;
  return Date{made};
}

std::optional<Date> Date::parse(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const std::string_view year = iso.substr(0, 4), month = iso.substr(5, 2), day = iso.substr(8, 2);
  if (!text::all_digits(year) || !text::all_digits(month) || !text::all_digits(day)) return std::nullopt;
  return of(static_cast<int>(*text::parse_int(year)), static_cast<unsigned>(*text::parse_int(month)),
            static_cast<unsigned>(*text::parse_int(day)));
}

std::optional<Date> Date::in_zone(Instant instant, std::string_view zone) {
  const std::shared_ptr<const TimeZone> found = find_time_zone(zone);
  if (!found) return std::nullopt;
  return utc(instant + found->offset_at(instant));
}

Date Date::utc(Instant instant) {
  return Date{std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(instant)}};
}

std::string Date::text() const {
  std::string made = "0000-00-00";
  const auto put = [&](std::size_t at, unsigned pair) {
    made[at] = static_cast<char>('0' + pair / 10);
    made[at + 1] = static_cast<char>('0' + pair % 10);
  };
  const auto four = static_cast<unsigned>(year());
  put(0, four / 100);
  put(2, four % 100);
  put(5, static_cast<unsigned>(day_.month()));
  put(8, static_cast<unsigned>(day_.day()));
  return made;
}

Date Date::plus_days(int count) const {
  return Date{std::chrono::year_month_day{days(day_) + std::chrono::days{count}}};
}

int Date::days_until(Date later) const { return static_cast<int>((days(later.day_) - days(day_)).count()); }

}  // namespace casebridge::model
