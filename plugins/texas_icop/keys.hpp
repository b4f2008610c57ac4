// Keys for records to which iCOP gives none, or the same one twice.
#pragma once

#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

#include "core/base/known.hpp"
#include "core/model/date.hpp"

namespace casebridge::texas_icop {

// The parts that make a record what it is, joined by '/'.
std::string derived_key(std::initializer_list<std::string_view> parts);
// For derived_key: the day, or "-" when there is none.
std::string key_part(const Known<model::Date>& day);

// Within one answer: the first user of a key keeps it, the next ones get "~2", "~3" ...
class KeyRing {
 public:
  std::string unique(const std::string& key);
  // False when the key was there before.
  bool first_seen(const std::string& key) { return taken_.insert(key).second; }
  void clear() { taken_.clear(); }

 private:
  std::set<std::string> taken_;
};

}  // namespace casebridge::texas_icop
