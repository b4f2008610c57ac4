// Money: signed 64-bit US cents, read from decimal text and never through a binary fraction.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace casebridge::model {

struct Money {
  std::int64_t cents = 0;
  // "-1234.50", "3800", "0.5": optional '-', digits, at most two decimals, no separators.
  // nullopt otherwise or on overflow.
  static std::optional<Money> parse(std::string_view decimal);
  // As parse, and also "3,800.00": commas only in the right places.
  static std::optional<Money> parse_grouped(std::string_view decimal);
  std::string text() const;  // always two decimals: "5000.00", "-50.00"
  friend auto operator<=>(const Money&, const Money&) = default;
};

// nullopt on overflow.
std::optional<Money> add(Money a, Money b);

}  // namespace casebridge::model
