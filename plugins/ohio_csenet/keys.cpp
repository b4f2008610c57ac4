// Joining, and counting equals.
#include "plugins/ohio_csenet/keys.hpp"

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

std::string KeyRing::unique(const std::string& key) {
  std::string made = key;
  for (int times = 2; !taken_.insert(made).second; ++times) made = key + "~" + std::to_string(times);
  return made;
}

}  // namespace casebridge::ohio_csenet
