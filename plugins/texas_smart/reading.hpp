// Reading: what one pass over an answer found out about it: the first breach of the interface, unknown codes.
#pragma once

#include <string>
#include <utility>

namespace casebridge::texas_smart {

// After a breach reading goes on with empty values, and whoever started it throws the records away.
class Reading {
 public:
  // `where` is made of element names and counts, never of content.
  void breach(std::string where) {
    if (breach_.empty()) breach_ = std::move(where);
  }
  void unknown_code() { ++unknown_codes_; }

  bool followed() const { return breach_.empty(); }
  const std::string& where() const { return breach_; }
  int unknown_codes() const { return unknown_codes_; }

 private:
  std::string breach_;
  int unknown_codes_ = 0;
};

}  // namespace casebridge::texas_smart
