// Elements are divided by asterisks; the segment ends with a backslash, and blanks fill the field.
#include "plugins/georgia_batch/deduction.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/model/date.hpp"
#include "plugins/georgia_batch/wire_values.hpp"

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

constexpr std::size_t field_octets = 80;

bool is_blank(std::string_view rest) {
  static constexpr auto blanks = [] {
    std::array<char, field_octets> made{};
    made.fill(' ');
    return made;
  }();
  return rest.size() <= blanks.size() && rest == std::string_view(blanks.data(), rest.size());
}

struct Elements {
  std::array<std::string_view, 10> at{};     // empty where the segment ended before
  std::size_t count = 0;                     // one more than there is room for: too many
  std::size_t end = std::string_view::npos;  // where the backslash stands
};

// In one pass, up to the backslash.
Elements elements_of(std::string_view field) {
  Elements elements;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < field.size() && elements.count <= elements.at.size(); ++i) {
    if (field[i] != '*' && field[i] != '\\') continue;
    if (elements.count < elements.at.size()) elements.at[elements.count] = {field.data() + begin, i - begin};
    ++elements.count;
    begin = i + 1;
    if (field[i] == '*') continue;
    elements.end = i;
    break;
  }
  return elements;
}

}  // namespace

std::optional<std::string> parse_short_day(std::string_view digits) {
  if (digits.size() != 6 || !text::all_digits(digits)) return std::nullopt;
  const auto number = [&](std::size_t at) { return (digits[at] - '0') * 10 + (digits[at + 1] - '0'); };
  const int year = number(0) < 70 ? 2000 + number(0) : 1900 + number(0);
  const auto day = model::Date::of(year, static_cast<unsigned>(number(2)), static_cast<unsigned>(number(4)));
  return day ? std::optional(day->text()) : std::nullopt;
}

std::optional<Deduction> parse_deduction(std::string_view field) {
  const Elements elements = elements_of(field);
  if (elements.end >= segment_size_max || !is_blank(field.substr(elements.end + 1))) return std::nullopt;
  const auto& parts = elements.at;
  if (elements.count < 7 || elements.count > parts.size() || parts[0] != "DED") return std::nullopt;
  const auto day = parse_short_day(parts[3]);
  const auto cents = parts[4].size() <= cents_digits_max ? parse_count(parts[4]) : std::nullopt;
  const bool state_good =
      parts[8].empty() || (parts[8].size() >= 5 && parts[8].size() <= 7 && is_alphanumeric(parts[8]));
  if (parts[1].size() != 2 || !is_alphanumeric(parts[1]) || parts[2].empty() || parts[2].size() > 20 ||
      !is_alphanumeric(parts[2]) || !day || !cents || parts[5].size() != 9 || !text::all_digits(parts[5]) ||
      (parts[6] != "Y" && parts[6] != "N" && parts[6] != "W") || !is_name(parts[7]) || !state_good ||
      (!parts[9].empty() && parts[9] != "Y"))
    return std::nullopt;
  return Deduction{std::string(parts[1]), std::string(parts[2]), *day, *cents, parts[9] == "Y"};
}

}  // namespace casebridge::georgia_batch
