// Joining, and counting equals.
#include "plugins/ohio_csenet/keys.hpp"

#include <algorithm>

namespace casebridge::ohio_csenet {

std::string derived_key(std::initializer_list<std::string_view> parts) {
  std::string key;
  key.reserve(48);  // dates, an amount and a word
  for (const std::string_view part : parts) {
    if (!key.empty()) key += '/';
    key += part;
  }
  return key;
}

std::string key_part(const Known<model::Date>& day) { return day ? day->text() : "-"; }

void number_equals(std::vector<std::string*> keys) {
  // Equals stay in their order.
  std::stable_sort(keys.begin(), keys.end(), [](const auto* a, const auto* b) { return *a < *b; });
  for (std::size_t first = 0, next = 1; next < keys.size(); ++next) {
    if (*keys[next] != *keys[first])
      first = next;
    else
      *keys[next] += "~" + std::to_string(next - first + 1);
  }
}

}  // namespace casebridge::ohio_csenet
