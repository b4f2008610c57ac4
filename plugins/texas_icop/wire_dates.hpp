// Dates and local times as iCOP writes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/known.hpp"
#include "core/model/date.hpp"

namespace casebridge::texas_icop {

// MM/DD/YYYY; "" and 00/00/0000 are absent. nullopt for anything else, and for days that do not exist.
std::optional<Known<model::Date>> parse_wire_date(std::string_view text);

// As parse_wire_date reads it.
std::string wire_date(model::Date day);

// "04/07/2026 09:30 AM" as 2026-04-07T09:30; 12 AM is midnight. nullopt for anything else.
std::optional<std::string> parse_wire_local_time(std::string_view text);

// The same day some months earlier, or that month's last day where it has no such day.
model::Date months_before(model::Date day, int months);

}  // namespace casebridge::texas_icop
