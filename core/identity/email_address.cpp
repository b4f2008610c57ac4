// A strict reader of addresses: what it takes can be put into an SMTP command as it stands.
#include "core/identity/email_address.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace casebridge::identity {
namespace {

constexpr std::size_t local_octets_max = 64;     // RFC 5321 §4.5.3.1.1
constexpr std::size_t address_octets_max = 254;  // RFC 5321 §4.5.3.1.3, less the angle brackets
constexpr std::size_t label_octets_max = 63;     // RFC 1035 §2.3.4

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_atom_character(char c) {
  return is_letter_or_digit(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}
bool is_atom(std::string_view part) {
  return !part.empty() && std::all_of(part.begin(), part.end(), is_atom_character);
}
bool is_label(std::string_view part) {
  return !part.empty() && part.size() <= label_octets_max && part.front() != '-' && part.back() != '-' &&
         std::all_of(part.begin(), part.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

}  // namespace

bool is_email_address(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at > local_octets_max || text.size() > address_octets_max) return false;
  const auto atoms = text::split(text.substr(0, at), '.');
  const auto labels = text::split(text.substr(at + 1), '.');
  return std::all_of(atoms.begin(), atoms.end(), is_atom) && labels.size() >= 2 &&
         std::all_of(labels.begin(), labels.end(), is_label) && !text::all_digits(labels.back());
}

std::string canonical_email(std::string_view text) { return text::lower_ascii(text::trim(text)); }

}  // namespace casebridge::identity
