// One family in two states: Texas asked Ohio to collect. The figures are written out by hand, and every one
// of them is different.
#pragma once

#include <string>

#include "core/model/adapter_messages.hpp"

namespace casebridge::testing {

struct StateSide {
  bool names_the_other = true;
  std::string other_case{};  // empty: the other state's number, in a spelling of its own
  model::SafetyLevel safety = model::SafetyLevel::none;
};

inline constexpr const char* texas_case = "0012345678";
inline constexpr const char* ohio_case = "7001234567";

// Arrears 5000.00 on 2026-03-01, interest 320.00, twelve payments of 400.00 to 411.00 that came from Ohio,
// each paid out two days later.
model::CaseContent texas_side(const StateSide& side = {});
// Arrears 4800.00 on 2026-03-06, the same twelve payments, each forwarded the day after; and 200.00 of
// 2026-03-05 that Texas has not seen.
model::CaseContent ohio_side(const StateSide& side = {});

}  // namespace casebridge::testing
