// FactLine: one line of facts, its parts divided by bars.
#pragma once

#include <string>
#include <string_view>

namespace casebridge::conformance {

class FactLine {
 public:
  FactLine(std::string_view kind, std::string_view key) : text_(kind) { with(key); }
  FactLine& with(std::string_view part) {
    text_ += " | ";
    text_ += part;
    return *this;
  }
  operator std::string() const { return text_; }  // NOLINT: implicit by design

 private:
  std::string text_;
};

}  // namespace casebridge::conformance
