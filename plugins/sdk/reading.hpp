// Reading: what one pass over an answer found out about it: the first breach of the interface, unknown codes.
#pragma once

#include <string>
#include <utility>

#include "core/model/vocabulary.hpp"

namespace casebridge::sdk {

// After a breach reading goes on with empty values, and whoever started it throws the records away.
class Reading {
 public:
  // `where` is made of the interface's names and of counts, never of content.
  void breach(std::string where) {
    if (breach_.empty()) breach_ = std::move(where);
  }
  void unknown_code() { ++unknown_codes_; }
  // A record that cannot be told: its amount is not given, or it lies before the time that was asked for.
  void left_out() { ++left_out_; }
  // A code that no table has is counted, and kept as it came.
  template <class Enum>
  model::Coded<Enum> noted(model::Coded<Enum> code) {
    if (code.value == Enum::unknown && !code.raw.empty()) unknown_code();
    return code;
  }

  bool followed() const { return breach_.empty(); }
  const std::string& where() const { return breach_; }
  int unknown_codes() const { return unknown_codes_; }
  int left_out_count() const { return left_out_; }

 private:
  std::string breach_;
  int unknown_codes_ = 0;
  int left_out_ = 0;
};

}  // namespace casebridge::sdk
