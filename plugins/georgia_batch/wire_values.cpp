// Written by hand where a million records pass.
#include "plugins/georgia_batch/wire_values.hpp"

#include <chrono>
#include <stdexcept>

#include "core/base/text.hpp"
#include "core/model/time_zone.hpp"

namespace casebridge::georgia_batch {
namespace {

constexpr std::size_t whole_digits_max = 15;
constexpr std::size_t count_digits_max = 18;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
int two(std::string_view text, std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); }

// `form` has a d for each digit; all else is meant as it is.
bool are_digits(std::string_view text, std::string_view form) {
  for (std::size_t i = 0; i < form.size(); ++i)
    if (form[i] == 'd' ? !is_digit(text[i]) : text[i] != form[i]) return false;
  return true;
}

}  // namespace

std::optional<std::int64_t> parse_amount(std::string_view field) {
  const bool negative = field.starts_with('-');
  if (negative) field.remove_prefix(1);
  if (field.size() < 4 || field.size() > whole_digits_max + 3 || field[field.size() - 3] != '.')
    return std::nullopt;
  std::int64_t cents = 0;
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (i == field.size() - 3) continue;
    if (!is_digit(field[i])) return std::nullopt;
    cents = cents * 10 + (field[i] - '0');
  }
  return negative ? -cents : cents;
}

bool is_day(std::string_view field) {
  if (field.size() != 10) return false;
  if (!are_digits(field, "dddd-dd-dd")) return false;
  const int year = two(field, 0) * 100 + two(field, 2), month = two(field, 5), day = two(field, 8);
  if (month < 1 || month > 12 || day < 1) return false;
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= days[month - 1] + (month == 2 && leap ? 1 : 0);
}

bool is_moment(std::string_view field) {
  if (field.size() != 20 || field[10] != 'T') return false;
  if (!are_digits(field.substr(11), "dd:dd:ddZ")) return false;
  return is_day(field.substr(0, 10)) && two(field, 11) < 24 && two(field, 14) < 60 && two(field, 17) < 60;
}

bool is_case_number(std::string_view field) { return field.size() == 9 && text::all_digits(field); }

std::optional<std::int64_t> parse_count(std::string_view digits) {
  if (digits.empty() || digits.size() > count_digits_max) return std::nullopt;
  std::int64_t count = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return std::nullopt;
    count = count * 10 + (c - '0');
  }
  return count;
}

std::string LocalTime::text() const {
  const auto pair = [](int number) {
    return std::string{static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
  };
  return day.text() + "T" + pair(hour) + ":" + pair(minute);
}

LocalTime local_time(Instant instant) {
  const auto zone = model::find_time_zone(state_zone);
  if (zone == nullptr) throw std::runtime_error("no such time zone on this machine");
  const Instant wall = instant + zone->offset_at(instant);
  const auto into_day = wall - std::chrono::floor<std::chrono::days>(wall);
  const auto minutes = static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(into_day).count());
  return {model::Date::utc(wall), minutes / 60, minutes % 60};
}

}  // namespace casebridge::georgia_batch
