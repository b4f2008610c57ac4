// Keys for records to which the layout gives none: what makes a record what it is, and a number among equals.
#pragma once

#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

#include "core/base/known.hpp"
#include "core/model/date.hpp"

namespace casebridge::ohio_csenet {

// The parts joined by '/'.
std::string derived_key(std::initializer_list<std::string_view> parts);
// For derived_key: the day, or "-" when there is none.
std::string key_part(const Known<model::Date>& day);

// Within one answer: the first user of a key keeps it, the next ones get "~2", "~3" ...
class KeyRing {
 public:
  std::string unique(const std::string& key);

 private:
  std::set<std::string> taken_;
};

}  // namespace casebridge::ohio_csenet
