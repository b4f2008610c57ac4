// Elements are divided by asterisks; the segment ends with a backslash, and blanks fill the field.
#include "plugins/georgia_batch/deduction.hpp"

#include <algorithm>
#include <vector>

#include "core/base/text.hpp"
#include "core/model/date.hpp"

namespace casebridge::georgia_batch {
namespace {

constexpr std::size_t segment_size_max = 79;
constexpr std::size_t cents_digits_max = 10;
constexpr std::size_t last_name_letters = 7;

bool is_alphanumeric(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
}

// Seven letters and up to three, or fewer than seven, a comma and up to three.
bool is_name(std::string_view name) {
  if (name.empty()) return true;
  const std::size_t comma = name.find(',');
  if (comma == std::string_view::npos) return name.size() <= last_name_letters + 3;
  return comma > 0 && comma < last_name_letters && name.size() <= comma + 4 &&
         name.find(',', comma + 1) == std::string_view::npos;
}

std::vector<std::string_view> elements_of(std::string_view segment) {
  std::vector<std::string_view> elements;
  for (std::size_t star; (star = segment.find('*')) != std::string_view::npos;) {
    elements.push_back(segment.substr(0, star));
    segment.remove_prefix(star + 1);
  }
  elements.push_back(segment);
  return elements;
}

}  // namespace

std::optional<std::string> parse_short_day(std::string_view digits) {
  if (digits.size() != 6 || !text::all_digits(digits)) return std::nullopt;
  const auto number = [&](std::size_t at) {
    return static_cast<int>(*text::parse_int(digits.substr(at, 2)));
  };
  const int year = number(0) < 70 ? 2000 + number(0) : 1900 + number(0);
  const auto day = model::Date::of(year, static_cast<unsigned>(number(2)), static_cast<unsigned>(number(4)));
  return day ? std::optional(day->text()) : std::nullopt;
}

std::optional<Deduction> parse_deduction(std::string_view field) {
  const std::size_t end = field.find('\\');
  if (end == std::string_view::npos || end >= segment_size_max ||
      field.find_first_not_of(' ', end + 1) != std::string_view::npos)
    return std::nullopt;
  const auto parts = elements_of(field.substr(0, end));
  if (parts.size() < 7 || parts.size() > 10 || parts[0] != "DED") return std::nullopt;
  const auto part = [&](std::size_t at) { return at < parts.size() ? parts[at] : std::string_view(); };
  const auto day = parse_short_day(parts[3]);
  const bool cents_good =
      !parts[4].empty() && parts[4].size() <= cents_digits_max && text::all_digits(parts[4]);
  const bool state_good =
      part(8).empty() || (part(8).size() >= 5 && part(8).size() <= 7 && is_alphanumeric(part(8)));
  if (parts[1].size() != 2 || !is_alphanumeric(parts[1]) || parts[2].empty() || parts[2].size() > 20 ||
      !is_alphanumeric(parts[2]) || !day || !cents_good || parts[5].size() != 9 ||
      !text::all_digits(parts[5]) || (parts[6] != "Y" && parts[6] != "N" && parts[6] != "W") ||
      !is_name(part(7)) || !state_good || (!part(9).empty() && part(9) != "Y"))
    return std::nullopt;
  return Deduction{std::string(parts[1]), std::string(parts[2]), *day, *text::parse_int(parts[4]),
                   part(9) == "Y"};
}

}  // namespace casebridge::georgia_batch
