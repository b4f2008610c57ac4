// Dates as CSENet writes them: CCYYMMDD.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/known.hpp"
#include "core/model/date.hpp"

namespace casebridge::ohio_csenet {

// The clocks on the walls of the state's offices.
inline constexpr const char* state_zone = "America/New_York";

// Blank and the three days that stand for "none" are not provided; nothing for a day that does not exist.
std::optional<Known<model::Date>> parse_wire_date(std::string_view field);
// Whether parse_wire_date() has an answer.
bool is_wire_date(std::string_view field);
std::string wire_date(model::Date day);

}  // namespace casebridge::ohio_csenet
