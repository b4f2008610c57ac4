// Deduction: the DED segment of a bank file's addenda: for which case an employer withheld how much, and
// when.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace casebridge::georgia_batch {

struct Deduction {
  std::string application{};  // CS, II ...
  std::string case_number{};
  std::string collected{};  // YYYY-MM-DD
  std::int64_t cents = 0;
  bool employment_ended = false;
};

// nullopt for whatever does not follow the segment's form. The Social Security number in it is looked at only
// for its form, and left behind.
std::optional<Deduction> parse_deduction(std::string_view field);
// YYMMDD, 00-69 of this century; nullopt for a day that does not exist.
std::optional<std::string> parse_short_day(std::string_view digits);

}  // namespace casebridge::georgia_batch
