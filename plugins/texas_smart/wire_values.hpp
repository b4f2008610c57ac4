// The spelling of amounts, dates and instants in the SOAP messages.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/instant.hpp"
#include "core/base/known.hpp"
#include "core/model/date.hpp"
#include "core/model/money.hpp"

namespace casebridge::texas_smart {

inline constexpr std::string_view smart_namespace = "urn:itexas:smart:1";

// Exactly two decimals, perhaps a '-': "820.00". nullopt for any other spelling.
std::optional<model::Money> parse_amount(std::string_view text);
// xs:date without a zone; the first and last day that the service knows mean that there is none.
std::optional<Known<model::Date>> parse_date(std::string_view text);
// xs:dateTime with an offset (2026-03-16T09:10:00-05:00) or Z; the instant it means.
std::optional<Instant> parse_date_time(std::string_view text);
// Ten digits.
bool is_case_number(std::string_view text);

}  // namespace casebridge::texas_smart
