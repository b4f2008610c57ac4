// The amounts of what a reader told, each with what it is an amount of.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/formats/message.hpp"

namespace casebridge::formats {

struct Amount {
  std::string of{};   // payment, balance current_due, obligation, arrears ...
  bool named = true;  // false: the state's word for it is one that nobody knows
  std::int64_t cents = 0;
};

std::vector<Amount> amounts_of(const Told& told);

enum class Comparison { same, fewer, wrong };
// wrong: `now` has an amount that `before` has not, or has it once more. An amount whose name became unknown
// is the same amount.
Comparison compare(const std::vector<Amount>& before, const std::vector<Amount>& now);

}  // namespace casebridge::formats
