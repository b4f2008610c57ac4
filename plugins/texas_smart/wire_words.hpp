// Our words as the service spells them.
#pragma once

#include <string_view>

#include "core/model/vocabulary.hpp"

namespace casebridge::texas_smart {

// Empty for a frequency that the service does not take.
inline std::string_view wire_frequency(model::Frequency frequency) {
  switch (frequency) {
    case model::Frequency::weekly: return "Weekly";
    case model::Frequency::biweekly: return "BiWeekly";
    case model::Frequency::semimonthly: return "SemiMonthly";
    case model::Frequency::monthly: return "Monthly";
    default: return {};
  }
}

}  // namespace casebridge::texas_smart
