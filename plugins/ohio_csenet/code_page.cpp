// The printable part of IBM cp037, built from its runs of letters and digits.
#include "plugins/ohio_csenet/code_page.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <utility>

namespace casebridge::ohio_csenet {
namespace {

using Table = std::array<char, 256>;

constexpr char first_printable = 0x20, last_printable = 0x7E;
constexpr std::string_view eight_blanks = "        ", eight_blanks_of_cp037 = "@@@@@@@@";

consteval Table cp037_to_ascii() {
  Table table{};  // 0: no printable meaning
  struct Run {
    unsigned octet;
    char first, last;
  };
  constexpr Run runs[] = {{0xC1, 'A', 'I'}, {0xD1, 'J', 'R'}, {0xE2, 'S', 'Z'}, {0x81, 'a', 'i'},
                          {0x91, 'j', 'r'}, {0xA2, 's', 'z'}, {0xF0, '0', '9'}};
  for (const Run& run : runs)
    for (char c = run.first; c <= run.last; ++c) table[run.octet + static_cast<unsigned>(c - run.first)] = c;
  constexpr std::pair<unsigned, char> singles[] = {
      {0x40, ' '}, {0x4B, '.'}, {0x4C, '<'},  {0x4D, '('}, {0x4E, '+'}, {0x4F, '|'}, {0x50, '&'},
      {0x5A, '!'}, {0x5B, '$'}, {0x5C, '*'},  {0x5D, ')'}, {0x5E, ';'}, {0x60, '-'}, {0x61, '/'},
      {0x6B, ','}, {0x6C, '%'}, {0x6D, '_'},  {0x6E, '>'}, {0x6F, '?'}, {0x79, '`'}, {0x7A, ':'},
      {0x7B, '#'}, {0x7C, '@'}, {0x7D, '\''}, {0x7E, '='}, {0x7F, '"'}, {0xA1, '~'}, {0xB0, '^'},
      {0xBA, '['}, {0xBB, ']'}, {0xC0, '{'},  {0xD0, '}'}, {0xE0, '\\'}};
  for (const auto& [octet, c] : singles) table[octet] = c;
  return table;
}

consteval Table ascii_to_cp037() {
  constexpr Table back = cp037_to_ascii();
  Table table{};
  for (std::size_t octet = 0; octet < back.size(); ++octet)
    if (back[octet] != 0) table[static_cast<unsigned char>(back[octet])] = static_cast<char>(octet);
  return table;
}

constexpr Table from_cp037 = cp037_to_ascii();
constexpr Table to_cp037 = ascii_to_cp037();

consteval bool every_printable_character_has_an_octet() {
  for (int c = first_printable; c <= last_printable; ++c)
    if (to_cp037[static_cast<std::size_t>(c)] == 0) return false;
  return true;
}
static_assert(every_printable_character_has_an_octet());

bool is_printable(char octet) { return octet >= first_printable && octet <= last_printable; }

// Eight octets at a time: one that has its high bit, one that is less than a blank, or DEL.
bool is_printable_ascii(std::string_view octets) {
  constexpr std::uint64_t each = 0x0101010101010101, high = 0x80 * each;
  std::uint64_t wrong = 0;
  while (octets.size() >= sizeof(wrong)) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, octets.data(), sizeof(eight));
    wrong |= (eight | (eight - first_printable * each) | (eight + each)) & high;
    octets.remove_prefix(sizeof(eight));
  }
  bool all = wrong == 0;
  for (const char octet : octets) all &= is_printable(octet);
  return all;
}

}  // namespace

std::optional<CodePage> code_page_of(std::string_view name) {
  if (name == "ascii") return CodePage::ascii;
  if (name == "cp037") return CodePage::cp037;
  return std::nullopt;
}

std::string_view charset_of(CodePage page) { return page == CodePage::ascii ? "us-ascii" : "cp037"; }

char line_end_of(CodePage page) { return page == CodePage::ascii ? '\n' : '\x15'; }

std::string encode_line(CodePage page, std::string_view text) {
  std::string octets;
  octets.reserve(text.size() + 1);
  for (const char c : text) octets += page == CodePage::cp037 ? to_cp037[static_cast<unsigned char>(c)] : c;
  octets += line_end_of(page);
  return octets;
}

bool decode_in_place(CodePage page, std::span<char> octets) {
  if (page == CodePage::ascii) return is_printable_ascii({octets.data(), octets.size()});
  bool all = true;
  const auto one = [&](char& octet) {
    octet = from_cp037[static_cast<unsigned char>(octet)];
    all &= octet != '\0';
  };
  // Most of a line is blank.
  for (; octets.size() >= eight_blanks.size(); octets = octets.subspan(eight_blanks.size())) {
    if (std::memcmp(octets.data(), eight_blanks_of_cp037.data(), eight_blanks.size()) == 0)
      std::memcpy(octets.data(), eight_blanks.data(), eight_blanks.size());
    else
      for (std::size_t i = 0; i < eight_blanks.size(); ++i) one(octets[i]);
  }
  for (char& octet : octets) one(octet);
  return all;
}

std::optional<std::string> decode(CodePage page, std::string_view octets) {
  std::string text(octets);
  return decode_in_place(page, text) ? std::optional(std::move(text)) : std::nullopt;
}

}  // namespace casebridge::ohio_csenet
