// The spelling of names, amounts and dates in the messages.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/known.hpp"
#include "core/model/date.hpp"
#include "core/model/money.hpp"

namespace casebridge::kansas_quick {

inline constexpr std::string_view quick_namespace = "urn:ks-quick:1";
inline constexpr std::string_view core_namespace =
    "https://docs.oasis-open.org/niemopen/ns/model/niem-core/6.0/";
inline constexpr std::string_view services_namespace =
    "https://docs.oasis-open.org/niemopen/ns/model/domains/humanServices/6.0/";

// An element's name; prefixes mean nothing.
struct WireName {
  std::string_view space;
  std::string_view local;
};
constexpr WireName quick(std::string_view local) { return {quick_namespace, local}; }
constexpr WireName core(std::string_view local) { return {core_namespace, local}; }
constexpr WireName services(std::string_view local) { return {services_namespace, local}; }

// One to nine digits and exactly two decimals, perhaps a '-'. nullopt for any other spelling.
std::optional<model::Money> parse_amount(std::string_view text);
// CCYYMMDD; the days that mean "none", and empty text, are absent. nullopt for what is no day.
std::optional<Known<model::Date>> parse_date(std::string_view text);
std::string wire_date(model::Date day);
// The earliest day that the service tells of when it is asked on `today`: three years back, and a day on.
model::Date history_start(model::Date today);
// Ten digits: of cases and of persons.
bool is_number(std::string_view text);

}  // namespace casebridge::kansas_quick
