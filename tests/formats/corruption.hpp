// Corruptions of a message, each one drawn from a seed, and what a reader made of them.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "tests/formats/amounts.hpp"
#include "tests/formats/message.hpp"

namespace casebridge::formats {

// deletion, insertion and swap are of one octet, wherever it stands; a foreign octet is one that the place
// where it is put cannot have in any message of the format.
enum class Damage { deletion, insertion, swap, foreign };

// Every place of a message that is a digit of an amount which nothing else in the document guards.
std::vector<std::size_t> unguarded_digits(const Message& message);

struct Corrupted {
  std::string octets{};
  // Nothing was changed but the spelling of one unguarded amount: what stands there now may be an amount as
  // well, and only a figure elsewhere in the document could tell that it is another one.
  bool respelt = false;
};

class Corruptor {
 public:
  // `unguarded` are the digits of the message that nothing guards.
  Corruptor(const Message& message, const std::vector<std::size_t>& unguarded, std::uint32_t seed);
  // All four kinds in turn.
  Corrupted next();

 private:
  Corrupted drawn(Damage damage);
  std::size_t place(std::size_t bound);
  bool is_spelling(std::size_t at) const;
  bool is_digit(char octet) const;
  char foreign_for(char octet);

  const Message& message_;
  std::vector<bool> digit_;     // of an unguarded amount
  std::vector<bool> spelling_;  // those digits, their signs, points and commas
  std::mt19937 random_;
  int turn_ = 0;
};

// How many corrupted messages were read as what.
struct Tally {
  int same = 0;     // the same facts
  int refused = 0;  // a typed error
  int other = 0;    // another word, date or code; every amount as before
  int fewer = 0;    // an amount is missing; none is wrong
  int wrong = 0;    // an amount that the state never sent
  int all() const { return same + refused + other + fewer + wrong; }
  void count(const Told& was, const Told& is);
};

// `count` structural corruptions. Those that only respell an amount are drawn beside them, for `respelt`.
struct Structural {
  Tally structural{};
  Tally respelt{};
};
Structural corrupt(const Message& message, const std::vector<std::size_t>& unguarded, int count,
                   std::uint32_t seed);

// Every digit of every amount, made each of the nine other digits in turn.
struct Digits {
  Tally guarded{};
  Tally unguarded{};
};
Digits change_every_digit(const Message& message, const std::vector<std::size_t>& unguarded);

}  // namespace casebridge::formats
