// Eight digits to a day, and back.
#include "plugins/ohio_csenet/wire_dates.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace casebridge::ohio_csenet {
namespace {

constexpr std::size_t date_octets = 8;

// A size that is known makes this one comparison.
bool is(std::string_view field, const char (&text)[date_octets + 1]) {
  return std::memcmp(field.data(), text, date_octets) == 0;
}

bool says_no_date(std::string_view field) {
  return is(field, "        ") || is(field, "00000000") || is(field, "00010101") || is(field, "20991231");
}

// Eight at once: no octet has another upper half than '0' has, nor gets one by six more.
bool are_digits(std::string_view field) {
  constexpr std::uint64_t each = 0x0101010101010101, upper = 0xF0 * each, zeros = 0x30 * each;
  std::uint64_t eight = 0;
  std::memcpy(&eight, field.data(), sizeof(eight));
  return (eight & upper) == zeros && ((eight + 6 * each) & upper) == zeros;
}

// Of two digits.
unsigned pair(const char* digits) {
  return static_cast<unsigned>(digits[0] - '0') * 10 + static_cast<unsigned>(digits[1] - '0');
}

// Of eight octets.
std::optional<model::Date> day_of(std::string_view field) {
  if (!are_digits(field)) return std::nullopt;
  const char* const digits = field.data();
  return model::Date::of(static_cast<int>(pair(digits) * 100 + pair(digits + 2)), pair(digits + 4),
                         pair(digits + 6));
}

}  // namespace

bool is_wire_date(std::string_view field) {
  return field.size() == date_octets && (says_no_date(field) || day_of(field).has_value());
}

std::optional<Known<model::Date>> parse_wire_date(std::string_view field) {
  if (field.size() != date_octets) return std::nullopt;
  if (says_no_date(field)) return Known<model::Date>(Missing::not_provided);
  const auto day = day_of(field);
  if (!day) return std::nullopt;
  return Known<model::Date>(*day);
}

std::string wire_date(model::Date day) {
  std::string text = day.text();
  std::erase(text, '-');
  return text;
}

}  // namespace casebridge::ohio_csenet
