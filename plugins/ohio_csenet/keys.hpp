// Keys for records to which the layout gives none: what makes a record what it is, and a number among equals.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/known.hpp"
#include "core/model/date.hpp"

namespace casebridge::ohio_csenet {

// The parts joined by '/'.
std::string derived_key(std::initializer_list<std::string_view> parts);
// For derived_key: the day, or "-" when there is none.
std::string key_part(const Known<model::Date>& day);

// Of equal keys the first stays as it is, the next ones get "~2", "~3" ... No letter of the layout is '~'.
void number_equals(std::vector<std::string*> keys);
template <class Record>
void number_equals(std::vector<Record>& records) {
  std::vector<std::string*> keys;
  keys.reserve(records.size());
  for (Record& record : records) keys.push_back(&record.key);
  number_equals(std::move(keys));
}

}  // namespace casebridge::ohio_csenet
