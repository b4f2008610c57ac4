// Decimal text to cents and back.
#include "core/model/money.hpp"

#include <limits>

namespace casebridge::model {
namespace {

bool is_money_digit(char c) { return c >= '0' && c <= '9'; }

// Digits of a whole number of dollars, or of cents once scaled; false on overflow.
bool append_digit(std::int64_t& number, char digit) {
  return !__builtin_mul_overflow(number, std::int64_t{10}, &number) &&
         !__builtin_sub_overflow(number, std::int64_t{digit - '0'}, &number);
}

// Reads as a negative number, because the smallest one has no positive twin.
std::optional<Money> money_of(std::string_view whole, std::string_view cents, bool negative) {
  std::int64_t number = 0;
  for (const char c : whole)
    if (!is_money_digit(c) || !append_digit(number, c)) return std::nullopt;
  for (std::size_t i = 0; i < 2; ++i) {
    const char c = i < cents.size() ? cents[i] : '0';
    if (!is_money_digit(c) || !append_digit(number, c)) return std::nullopt;
  }
  if (!negative && number == std::numeric_limits<std::int64_t>::min()) return std::nullopt;
  return Money{negative ? number : -number};
}

struct MoneyParts {
  bool negative = false;
  std::string_view whole, cents;
};

std::optional<MoneyParts> money_parts(std::string_view decimal) {
  MoneyParts parts;
  if (decimal.starts_with('-')) {
    parts.negative = true;
    decimal.remove_prefix(1);
  }
  const std::size_t point = decimal.find('.');
  parts.whole = decimal.substr(0, point);
  if (parts.whole.empty()) return std::nullopt;
  if (point == std::string_view::npos) return parts;
  parts.cents = decimal.substr(point + 1);
  if (parts.cents.empty() || parts.cents.size() > 2) return std::nullopt;
  return parts;
}

}  // namespace

std::optional<Money> Money::parse(std::string_view decimal) {
  const std::optional<MoneyParts> parts = money_parts(decimal);
  if (!parts) return std::nullopt;
  return money_of(parts->whole, parts->cents, parts->negative);
}

std::optional<Money> Money::parse_grouped(std::string_view decimal) {
  const std::optional<MoneyParts> parts = money_parts(decimal);
  if (!parts) return std::nullopt;
  if (parts->whole.find(',') == std::string_view::npos) return parse(decimal);
  std::string digits;
  for (std::size_t i = 0; i < parts->whole.size(); ++i) {
    const bool comma_place = (parts->whole.size() - i) % 4 == 0;
    if (comma_place != (parts->whole[i] == ',') || (comma_place && i == 0)) return std::nullopt;
    if (!comma_place) digits += parts->whole[i];
  }
  return money_of(digits, parts->cents, parts->negative);
}

std::string Money::text() const {
  constexpr std::size_t size_max = 22;  // twenty digits, the point and the sign
  char piece[size_max];
  char* const end = piece + size_max;
  char* at = end;
  // The smallest number has no positive twin among the signed ones.
  const auto number = static_cast<std::uint64_t>(cents);
  std::uint64_t left = cents < 0 ? 0 - number : number;
  for (int digit = 0; digit < 3 || left > 0; ++digit, left /= 10) {
    if (digit == 2) *--at = '.';
    *--at = static_cast<char>('0' + left % 10);
  }
  if (cents < 0) *--at = '-';
  return {at, end};
}

std::optional<Money> add(Money a, Money b) {
  Money sum;
  if (__builtin_add_overflow(a.cents, b.cents, &sum.cents)) return std::nullopt;
  return sum;
}

}  // namespace casebridge::model
