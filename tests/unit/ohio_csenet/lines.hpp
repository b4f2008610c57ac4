// Lines to try the readers with: whole ones from the simulator's data, and small ones made by position.
#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/base/text.hpp"
#include "plugins/ohio_csenet/answer_text.hpp"
#include "plugins/ohio_csenet/layout.hpp"
#include "tests/support/places.hpp"

namespace casebridge::ohio_csenet {

// The octets of one of the exact examples.
inline std::string example(const std::string& name) {
  std::ifstream file(casebridge::tests::in_source("tests/simulators/data/oh/") + name + ".txt",
                     std::ios::binary);
  if (!file) throw std::runtime_error("there is no example " + name);
  std::ostringstream octets;
  octets << file.rdbuf();
  return octets.str();
}

inline std::vector<std::string> example_lines(const std::string& name) {
  std::vector<std::string> lines = text::split(example(name), '\n');
  lines.pop_back();
  return lines;
}

inline std::vector<Transaction> parsed(const std::string& body, AmountSign sign = AmountSign::leading_minus) {
  std::string octets = body;
  auto read = read_transactions(octets, {CodePage::ascii, sign});
  if (!read) throw std::runtime_error("refused: " + read.refusal().detail);
  return std::move(*read);
}

// Why a body is refused; empty when it is not.
inline std::string breach_of(const std::string& body, AmountSign sign = AmountSign::leading_minus) {
  std::string octets = body;
  const auto read = read_transactions(octets, {CodePage::ascii, sign});
  return read ? std::string() : read.refusal().detail;
}

// Overwrites a field of the block that begins at `block`.
inline void put(std::string& line, std::size_t block, const Field& field, const std::string& value) {
  line.replace(block + field.offset(), value.size(), value);
}

}  // namespace casebridge::ohio_csenet
