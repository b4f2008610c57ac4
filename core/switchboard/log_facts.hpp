// What an adapter may write into the gateway's log: words of closed lists, numbers, and codes of a known
// shape.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace casebridge::switchboard {

bool is_log_event(std::string_view event);
bool is_log_number(std::string_view name);  // status, count ...
bool is_log_word(std::string_view name,
                 std::string_view value);  // member "payments"; no digits, so no identifiers
bool is_log_code(std::string_view name, std::string_view value);  // upstream_code "ICOP-1001"

}  // namespace casebridge::switchboard
