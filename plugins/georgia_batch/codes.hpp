// The state's words in those of the model. Most are the same; a word that nobody knows stays visible.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/model/vocabulary.hpp"

namespace casebridge::georgia_batch {

// A word that is spelt as in the model. An empty field says nothing.
template <class Enum>
model::Coded<Enum> coded(std::string_view word) {
  if (word.empty()) return {};
  const auto known = model::parse_name<Enum>(word);
  if (known && *known != Enum::unknown) return *known;
  return model::Coded<Enum>::unrecognised(std::string(word));
}

// Of PAY. The finer source of money taken without the payer's doing stops here (26 U.S.C. 6103).
model::Coded<model::SourceClass> source_of(std::string_view word);
// Of DED: CS and others.
model::Coded<model::SourceClass> source_of_application(std::string_view application);
// `recipient` is a role, or names a state or an agency. `viewer`: the role that is the viewer's alone.
model::RecipientClass recipient_of(std::string_view recipient, std::optional<model::Role> viewer);

}  // namespace casebridge::georgia_batch
