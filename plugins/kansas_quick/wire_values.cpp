// By position, without locales; what does not fit is no value.
#include "plugins/kansas_quick/wire_values.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace casebridge::kansas_quick {
namespace {

constexpr int years_of_history = 3;
constexpr std::size_t whole_digits_max = 9;
constexpr std::size_t number_digits = 10;

}  // namespace

std::optional<model::Money> parse_amount(std::string_view text) {
  std::string_view digits = text;
  if (digits.starts_with('-')) digits.remove_prefix(1);
  if (digits.size() < 4 || digits.size() > whole_digits_max + 3 || digits[digits.size() - 3] != '.')
    return std::nullopt;
  return model::Money::parse(text);
}

std::optional<Known<model::Date>> parse_date(std::string_view text) {
  for (const std::string_view none : {"", "00010101", "20991231", "00000000"})
    if (text == none) return Known<model::Date>(Missing::absent);
  if (text.size() != 8 || !text::all_digits(text)) return std::nullopt;
  std::string iso(text.substr(0, 4));
  iso.append("-").append(text.substr(4, 2)).append("-").append(text.substr(6));
  const auto day = model::Date::parse(iso);
  if (!day) return std::nullopt;
  return Known<model::Date>(*day);
}

std::string wire_date(model::Date day) {
  std::string text = day.text();
  std::erase(text, '-');
  return text;
}

model::Date history_start(model::Date today) {
  const int year = today.year() - years_of_history;
  const auto same_day = model::Date::of(year, today.month(), today.day());
  // 29 February has no such day, and counts as the 28th.
  return (same_day ? *same_day : *model::Date::of(year, 2, 28)).plus_days(1);
}

bool is_number(std::string_view text) { return text.size() == number_digits && text::all_digits(text); }

}  // namespace casebridge::kansas_quick
