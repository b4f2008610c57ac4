// The closed lists of log/1; casebridge_adapter_v1.h tells authors the same.
#include "core/switchboard/log_facts.hpp"

#include <algorithm>
#include <iterator>

namespace casebridge::switchboard {
namespace {

template <std::size_t Size>
bool among(const std::string_view (&list)[Size], std::string_view one) {
  return std::find(std::begin(list), std::end(list), one) != std::end(list);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

bool is_log_event(std::string_view event) {
  constexpr std::string_view events[] = {"upstream_error", "upstream_retry",   "upstream_drift",
                                         "unknown_code",   "paging_restarted", "record_dropped",
                                         "adapter_note"};
  return among(events, event);
}

bool is_log_number(std::string_view name) {
  constexpr std::string_view names[] = {"status", "count",       "page", "attempt",
                                        "offset", "duration_ms", "size"};
  return among(names, name);
}

bool is_log_word(std::string_view name, std::string_view value) {
  constexpr std::string_view names[] = {"operation", "outcome", "reason", "member", "dataset"};
  const bool shaped =
      !value.empty() && value.size() <= 48 && value[0] >= 'a' && value[0] <= 'z' &&
      std::all_of(value.begin(), value.end(), [](char c) { return is_letter(c) || c == '_' || c == '.'; });
  return among(names, name) && shaped;
}

bool is_log_code(std::string_view name, std::string_view value) {
  if (name != "upstream_code" || value.empty() || value.size() > 24) return false;
  const auto digits = std::count_if(value.begin(), value.end(), is_digit);
  const auto letters = std::find_if_not(value.begin(), value.end(), is_letter);
  const bool allowed = std::all_of(
      value.begin(), value.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; });
  return allowed && letters != value.begin() && digits <= 4;
}

}  // namespace casebridge::switchboard
