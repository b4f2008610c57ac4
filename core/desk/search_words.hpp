// Words as people type them, brought to one form: no capitals, accents or punctuation.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace casebridge::desk {

// "Ciudad de México, e-Pay" -> ciudad de mexico e pay. Empty for what is not UTF-8.
std::vector<std::string> search_words(std::string_view text);
std::string joined(const std::vector<std::string>& words);  // without anything in between: e-Pay, ePay, e pay
// One letter added, left out, changed or swapped with its neighbour, or none.
bool within_one_edit(std::string_view a, std::string_view b);

}  // namespace casebridge::desk
