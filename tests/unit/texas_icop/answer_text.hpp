// For the tests of readers: an answer of the state from its JSON text.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "plugins/texas_icop/wire_object.hpp"

namespace casebridge::texas_icop {

class AnswerText {
 public:
  explicit AnswerText(std::string json) : json_(std::make_unique<std::string>(std::move(json))) {
    auto parsed = model::JsonDocument::parse(*json_);
    if (!parsed) throw std::invalid_argument("the test's JSON is broken");
    document_ = std::make_unique<model::JsonDocument>(std::move(*parsed));
  }
  WireObject root() { return {document_->root(), "", reading}; }

  Reading reading;

 private:
  std::unique_ptr<std::string> json_;
  std::unique_ptr<model::JsonDocument> document_;
};

}  // namespace casebridge::texas_icop
