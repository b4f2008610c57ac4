// Bender: bent messages for fuzzing, made from whole ones by the words and the joints of their format.
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "tests/formats/message.hpp"

namespace casebridge::formats {

// The same seed makes the same inputs on every machine.
class Bender {
 public:
  Bender(const Format& format, std::uint32_t seed) : format_(format), random_(seed) {}

  // A message of the format, bent one to eight times.
  std::string next();
  // These octets, bent once.
  void bend(std::string& octets);

 private:
  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }
  std::string piece_of(const std::string& octets, std::size_t longest);
  const std::string& any_message() { return format_.messages[below(format_.messages.size())].octets; }

  const Format& format_;
  std::minstd_rand random_;  // fast to begin with, since a fuzzer makes one for each input
};

}  // namespace casebridge::formats
