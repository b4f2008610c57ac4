// Eight digits to a day, and back.
#include "plugins/ohio_csenet/wire_dates.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace casebridge::ohio_csenet {
namespace {

constexpr std::string_view no_dates[] = {"        ", "00000000", "00010101", "20991231"};

// Of digits.
unsigned number(std::string_view digits) {
  unsigned made = 0;
  for (const char c : digits) made = made * 10 + static_cast<unsigned>(c - '0');
  return made;
}

}  // namespace

std::optional<Known<model::Date>> parse_wire_date(std::string_view field) {
  for (const std::string_view none : no_dates)
    if (field == none) return Known<model::Date>(Missing::not_provided);
  if (field.size() != 8 || !text::all_digits(field)) return std::nullopt;
  const auto day = model::Date::of(static_cast<int>(number(field.substr(0, 4))), number(field.substr(4, 2)),
                                   number(field.substr(6, 2)));
  if (!day) return std::nullopt;
  return Known<model::Date>(*day);
}

std::string wire_date(model::Date day) {
  std::string text = day.text();
  std::erase(text, '-');
  return text;
}

}  // namespace casebridge::ohio_csenet
