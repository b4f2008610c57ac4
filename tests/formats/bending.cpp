// One way to bend for each kind of mistake a parser makes: octets, pieces, words, lengths, depth.
#include "tests/formats/bending.hpp"

#include <algorithm>

namespace casebridge::formats {
namespace {

constexpr std::size_t input_bytes_max = 16 * 1024;
constexpr std::size_t piece_bytes_max = 400;

}  // namespace

std::string Bender::piece_of(const std::string& octets, std::size_t longest) {
  const std::size_t from = below(octets.size());
  return octets.substr(from, below(longest) + 1);
}

void Bender::bend(std::string& octets) {
  if (octets.empty()) octets = any_message();
  const std::size_t at = below(octets.size());
  switch (below(11)) {
    case 0: octets[at] = static_cast<char>(octets[at] ^ 1 << below(8)); break;
    case 1: octets[at] = static_cast<char>(below(256)); break;
    case 2: octets.erase(at, below(8) + 1); break;
    case 3: octets.erase(at, below(piece_bytes_max)); break;
    case 4: octets.insert(at, piece_of(octets, piece_bytes_max)); break;
    case 5: octets.insert(at, piece_of(any_message(), piece_bytes_max)); break;
    case 6: {
      const std::string& word = format_.words[below(format_.words.size())];
      if (below(2) == 0)
        octets.insert(at, word);
      else
        octets.replace(at, std::min(word.size(), octets.size() - at), word);
      break;
    }
    case 7: {
      const std::size_t other = below(octets.size());
      std::swap(octets[at], octets[other]);
      break;
    }
    case 8: octets.resize(at); break;
    case 9: {
      const std::string piece = piece_of(octets, 12);
      for (std::size_t times = below(64); times > 0; --times) octets.insert(at, piece);
      break;
    }
    default: octets.insert(at, 1, "0123456789-.,<>\"'&{}[]/\\ \n"[below(26)]); break;
  }
  if (octets.size() > input_bytes_max) octets.resize(input_bytes_max);
}

std::string Bender::next() {
  std::string made = any_message();
  for (std::size_t times = below(8) + 1; times > 0; --times) bend(made);
  return made;
}

}  // namespace casebridge::formats
