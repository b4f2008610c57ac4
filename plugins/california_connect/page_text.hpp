// The spelling of amounts, dates, times and words on the portal's pages, after blanks were put in order.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/known.hpp"
#include "core/model/date.hpp"
#include "core/model/money.hpp"
#include "plugins/california_connect/language.hpp"

namespace casebridge::california_connect {

// What stands where the state says nothing.
inline constexpr std::string_view nothing_shown = "--";

// "$ 1,234.56", "$1,234.56"; in brackets it is negative. nullopt for any other spelling.
std::optional<model::Money> parse_amount(std::string_view text);
// MM/DD/YYYY on English pages, DD/MM/YYYY on Spanish ones; "--" is absent. nullopt for any other spelling.
std::optional<Known<model::Date>> parse_date(std::string_view text, Language language);
// "04/02/2026 10:00 AM PT" or "02/04/2026 10:00 PT", where `zone_mark` is PT: 2026-04-02T10:00.
std::optional<std::string> parse_local_time(std::string_view text, Language language,
                                            std::string_view zone_mark);
// For comparing: lower case, no accents, no colon at the end.
std::string folded(std::string_view text);
// Thirteen digits.
bool is_case_number(std::string_view text);
// "CC-20260316-000001".
bool is_confirmation(std::string_view text);
// "--" is not provided.
Known<std::string> shown_text(std::string text);
// "866-555-0100" as +18665550100; others as they are.
std::string with_country(std::string_view phone);

}  // namespace casebridge::california_connect
