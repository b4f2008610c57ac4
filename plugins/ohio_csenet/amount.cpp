// Twelve digits; or a minus and eleven; or eleven and a letter that is a digit and a minus at once.
#include "plugins/ohio_csenet/amount.hpp"

#include <cstring>

#include "core/base/text.hpp"

namespace casebridge::ohio_csenet {
namespace {

using model::Money;

constexpr std::size_t places = 12;
constexpr std::string_view blank = "            ";
static_assert(blank.size() == places);
// A size that is known makes this one comparison.
bool is_blank(std::string_view field) { return std::memcmp(field.data(), blank.data(), places) == 0; }

// Zone D of the last octet: the place in this text is the digit.
constexpr std::string_view negative_digits = "}JKLMNOPQR";

std::optional<Known<Money>> cents(std::string_view digits, bool negative) {
  std::int64_t value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return Known<Money>(Money{negative ? -value : value});
}

}  // namespace

std::optional<AmountSign> amount_sign_of(std::string_view name) {
  if (name == "leading_minus") return AmountSign::leading_minus;
  if (name == "overpunch") return AmountSign::overpunch;
  return std::nullopt;
}

std::optional<Known<Money>> read_amount(std::string_view field, AmountSign sign) {
  if (field.size() != places) return std::nullopt;
  if (is_blank(field)) return Known<Money>(Missing::not_provided);
  if (const auto plain = cents(field, false)) return plain;
  if (sign == AmountSign::leading_minus)
    return field.front() == '-' ? cents(field.substr(1), true) : std::nullopt;
  const std::size_t digit = negative_digits.find(field.back());
  if (digit == std::string_view::npos) return std::nullopt;
  std::string plain(field);
  plain.back() = static_cast<char>('0' + digit);
  return cents(plain, true);
}

bool is_amount(std::string_view field, AmountSign sign) {
  const bool is_unsigned = field.size() == places && (is_blank(field) || text::all_digits(field));
  return is_unsigned || read_amount(field, sign).has_value();
}

}  // namespace casebridge::ohio_csenet
