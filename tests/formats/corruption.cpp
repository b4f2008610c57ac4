// Draws places evenly over the message. The same seed draws the same corruptions on every machine.
#include "tests/formats/corruption.hpp"

#include <algorithm>
#include <cstring>

namespace casebridge::formats {
namespace {

constexpr int digits = 10;

bool is_digit_of(const Message& message, char octet) {
  const int value = static_cast<unsigned char>(octet) - static_cast<unsigned char>(message.zero);
  return value >= 0 && value < digits;
}

char other_digit(const Message& message, char octet, int step) {
  const int value = static_cast<unsigned char>(octet) - static_cast<unsigned char>(message.zero);
  return static_cast<char>(static_cast<unsigned char>(message.zero) + (value + step) % digits);
}

}  // namespace

std::vector<std::size_t> unguarded_digits(const Message& message) {
  std::vector<std::size_t> places;
  const auto before = amounts_of(message.read(message.octets));
  const auto is_guarded = [&](std::size_t at) {
    return std::find(message.guarded_digits.begin(), message.guarded_digits.end(), at) !=
           message.guarded_digits.end();
  };
  for (std::size_t at = 0; at < message.octets.size(); ++at) {
    if (!is_digit_of(message, message.octets[at]) || is_guarded(at)) continue;
    // One of the others may be refused where it stands: a number of JSON does not begin with 0.
    for (int step = 1; step <= 2; ++step) {
      std::string changed = message.octets;
      changed[at] = other_digit(message, changed[at], step);
      const Told told = message.read(std::move(changed));
      if (compare(before, amounts_of(told)) == Comparison::wrong) {
        places.push_back(at);
        break;
      }
      if (!told.refusal) break;
    }
  }
  return places;
}

Corruptor::Corruptor(const Message& message, const std::vector<std::size_t>& unguarded, std::uint32_t seed)
    : message_(message),
      digit_(message.octets.size(), false),
      spelling_(message.octets.size(), false),
      random_(seed) {
  for (const std::size_t at : unguarded) digit_[at] = true;
  spelling_ = digit_;
  const auto beside = [&](std::size_t at) {
    return (at > 0 && digit_[at - 1]) || (at + 1 < digit_.size() && digit_[at + 1]);
  };
  for (std::size_t at = 0; at < message.octets.size(); ++at)
    if (beside(at) && message.octets[at] != '\0' && std::strchr("-.,", message.octets[at]) != nullptr)
      spelling_[at] = true;
}

// Not std::uniform_int_distribution, whose numbers differ between standard libraries.
std::size_t Corruptor::place(std::size_t bound) { return random_() % bound; }

bool Corruptor::is_digit(char octet) const { return is_digit_of(message_, octet); }

bool Corruptor::is_spelling(std::size_t at) const { return at < spelling_.size() && spelling_[at]; }

// What no text of a format may hold; for a digit also what only looks like one.
char Corruptor::foreign_for(char octet) {
  constexpr char nowhere[] = {'\0', '\x01', '\xFF', '\xFE'};
  constexpr char no_digits_ascii[] = {'O', 'l', 'B', '?', '\x7F', '/'};
  constexpr char no_digits_cp037[] = {'\xE7', '\x81', '\x4B', '\x6F', '\x61', '\xE2'};
  if (!is_digit(octet) || place(2) == 0) return nowhere[place(std::size(nowhere))];
  const char* const row = message_.zero == '0' ? no_digits_ascii : no_digits_cp037;
  return row[place(std::size(no_digits_ascii))];
}

Corrupted Corruptor::drawn(Damage damage) {
  const std::string& whole = message_.octets;
  Corrupted made{whole, false};
  const std::size_t at = place(whole.size());
  switch (damage) {
    case Damage::deletion:
      made.octets.erase(at, 1);
      made.respelt = is_spelling(at);
      break;
    case Damage::insertion: {
      const char octet = place(4) == 0 ? static_cast<char>(place(256)) : whole[place(whole.size())];
      made.octets.insert(at, 1, octet);
      const bool fits = is_digit(octet) || octet == '.' || octet == ',' || octet == '-';
      made.respelt = fits && (is_spelling(at) || (at > 0 && is_spelling(at - 1)));
      break;
    }
    case Damage::swap: {
      const std::size_t left = at + 1 < whole.size() ? at : at - 1;
      std::swap(made.octets[left], made.octets[left + 1]);
      const bool both_digits = is_digit(whole[left]) && is_digit(whole[left + 1]);
      made.respelt =
          (is_spelling(left) && is_spelling(left + 1)) || (both_digits && (digit_[left] || digit_[left + 1]));
      break;
    }
    case Damage::foreign: made.octets[at] = foreign_for(whole[at]); break;
  }
  return made;
}

Corrupted Corruptor::next() {
  for (;;) {
    Corrupted made = drawn(static_cast<Damage>(turn_++ % 4));
    if (made.octets != message_.octets) return made;
    --turn_;
  }
}

void Tally::count(const Told& was, const Told& is) {
  const Comparison amounts = compare(amounts_of(was), amounts_of(is));
  if (amounts == Comparison::wrong)
    ++wrong;
  else if (is.refusal)
    ++refused;
  else if (amounts == Comparison::fewer)
    ++fewer;
  else if (payload_of(was) == payload_of(is))
    ++same;
  else
    ++other;
}

Structural corrupt(const Message& message, const std::vector<std::size_t>& unguarded, int count,
                   std::uint32_t seed) {
  Structural made;
  const Told was = message.read(message.octets);
  Corruptor corruptor(message, unguarded, seed);
  while (made.structural.all() < count) {
    Corrupted corrupted = corruptor.next();
    const bool respelt = corrupted.respelt;
    const Told is = message.read(std::move(corrupted.octets));
    (respelt ? made.respelt : made.structural).count(was, is);
  }
  return made;
}

Digits change_every_digit(const Message& message, const std::vector<std::size_t>& unguarded) {
  Digits made;
  const Told was = message.read(message.octets);
  const auto change = [&](const std::vector<std::size_t>& places, Tally& tally) {
    for (const std::size_t at : places)
      for (int step = 1; step < digits; ++step) {
        std::string changed = message.octets;
        changed[at] = other_digit(message, changed[at], step);
        tally.count(was, message.read(std::move(changed)));
      }
  };
  change(message.guarded_digits, made.guarded);
  change(unguarded, made.unguarded);
  return made;
}

}  // namespace casebridge::formats
