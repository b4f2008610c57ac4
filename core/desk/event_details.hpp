// EventDetails: the references that an event of the audit log carries, by name.
#pragma once

#include <string>
#include <string_view>

#include "core/model/json_document.hpp"

namespace casebridge::desk {

// Of an object of texts, as audit::plain_json writes it.
class EventDetails {
 public:
  explicit EventDetails(const std::string& object) : document_(model::JsonDocument::parse(object)) {}
  // Empty where there is none.
  std::string text(std::string_view name) const {
    if (!document_) return {};
    const auto found = document_->root().find(name);
    return found ? found->text() : std::string();
  }

 private:
  Result<model::JsonDocument> document_;
};

}  // namespace casebridge::desk
