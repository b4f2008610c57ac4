// Fields of the files as values: amounts, days, moments, case numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.hpp"
#include "core/model/date.hpp"

namespace casebridge::georgia_batch {

inline constexpr const char* state_zone = "America/New_York";

// ^-?\d+\.\d{2}$, at most fifteen digits before the point; in cents.
std::optional<std::int64_t> parse_amount(std::string_view field);
bool is_day(std::string_view field);          // YYYY-MM-DD of the calendar
bool is_moment(std::string_view field);       // YYYY-MM-DDThh:mm:ssZ
bool is_case_number(std::string_view field);  // nine digits
// All of it, and not too long to be counted with.
std::optional<std::int64_t> parse_count(std::string_view digits);

// A moment as New York's clocks and calendar show it.
struct LocalTime {
  model::Date day;
  int hour = 0, minute = 0;
  std::string text() const;  // YYYY-MM-DDThh:mm
};
LocalTime local_time(Instant instant);  // throws std::runtime_error on a machine without that time zone

}  // namespace casebridge::georgia_batch
