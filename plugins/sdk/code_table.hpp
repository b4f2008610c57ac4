// Tables of a state's codes, wire spelling first, and of the words of a receipt.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/model/vocabulary.hpp"
#include "plugins/sdk/reading.hpp"

namespace casebridge::sdk {

template <class Enum>
struct CodeRow {
  std::string_view wire;
  Enum meaning;
};

// A code that no row has, or whose row means `unknown`, keeps its spelling: it may tell a person more than
// our word does.
template <class Enum, std::size_t N>
model::Coded<Enum> look_up(const CodeRow<Enum> (&table)[N], const std::string& code) {
  for (const CodeRow<Enum>& row : table)
    if (row.wire == code && row.meaning != Enum::unknown) return model::Coded<Enum>(row.meaning);
  return model::Coded<Enum>::unrecognised(code);
}

// What the state calls the condition of something, and what we call it.
struct StateWord {
  std::string_view wire, ours;
};
// A word that the table does not have is `unknown`, and counted.
template <std::size_t N>
std::string state_word(const std::string& wire, const StateWord (&table)[N], Reading& reading) {
  for (const StateWord& word : table)
    if (word.wire == wire) return std::string(word.ours);
  reading.unknown_code();
  return "unknown";
}

}  // namespace casebridge::sdk
