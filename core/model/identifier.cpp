// Only separators, foreign prefixes and padding zeros are dropped: every other character tells numbers apart.
#include "core/model/identifier.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.hpp"

namespace casebridge::model {
namespace {

using Kind = IdentifierForm::Kind;
using Characters = IdentifierForm::Characters;

constexpr std::size_t identifier_bytes_max = 30;  // of an order; case numbers have at most 15 (CSENet)
constexpr std::array<std::pair<std::string_view, Kind>, 4> kinds{{{"case", Kind::case_number},
                                                                  {"participant", Kind::participant},
                                                                  {"order", Kind::order},
                                                                  {"payment", Kind::payment}}};
constexpr std::array<std::pair<std::string_view, Characters>, 3> character_sets{
    {{"any", Characters::any}, {"digits", Characters::digits}, {"alphanumeric", Characters::alphanumeric}}};

template <class Table>
auto value_of(const Table& table, std::string_view name) -> std::optional<decltype(table[0].second)> {
  for (const auto& row : table)
    if (row.first == name) return row.second;
  return std::nullopt;
}

template <class Table, class Value>
std::string_view word_of(const Table& table, Value value) {
  for (const auto& row : table)
    if (row.second == value) return row.first;
  return table[0].first;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alphanumeric(char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); }
bool separates(char c) { return std::string_view(" \t\r\n-./").find(c) != std::string_view::npos; }

std::string without_separators(std::string_view raw, bool keep_one) {
  std::string kept;
  bool stood = false;
  for (const char c : raw) {
    if (separates(c)) {
      stood = true;
      continue;
    }
    if (stood && keep_one && !kept.empty()) kept.push_back('-');
    stood = false;
    kept.push_back(c);
  }
  return text::upper_ascii(kept);
}

// Such a prefix is dropped only before digits, so that a number of letters is never cut.
std::string without_foreign_prefix(std::string kept, const IdentifierForm& form) {
  if (form.characters != Characters::digits) return kept;
  for (const std::string& prefix : form.foreign_prefixes) {
    const std::string rest = kept.starts_with(prefix) ? kept.substr(prefix.size()) : "";
    if (!rest.empty() && text::all_digits(rest)) return rest;
  }
  return kept;
}

bool fits_form(const std::string& normal, const IdentifierForm& form) {
  const bool in_alphabet = form.characters == Characters::any ||
                           std::all_of(normal.begin(), normal.end(),
                                       form.characters == Characters::digits ? is_digit : is_alphanumeric);
  return in_alphabet && (form.length == 0 || normal.size() == form.length) &&
         (form.length_max == 0 || normal.size() <= form.length_max) && normal.starts_with(form.prefix);
}

}  // namespace

std::optional<Kind> identifier_kind_of(std::string_view name) { return value_of(kinds, name); }
std::string_view name_of(Kind kind) { return word_of(kinds, kind); }
std::optional<Characters> characters_of(std::string_view name) { return value_of(character_sets, name); }
std::string_view name_of(Characters characters) { return word_of(character_sets, characters); }

std::string normal_identifier(std::string_view raw, const IdentifierForm& form) {
  std::string kept = without_foreign_prefix(without_separators(raw, form.kind == Kind::order), form);
  if (kept.empty() || !text::all_digits(kept) || form.zeros_significant) return kept;
  const std::size_t first = kept.find_first_not_of('0');
  kept = first == std::string::npos ? "0" : kept.substr(first);
  if (kept.size() < form.length) kept.insert(0, form.length - kept.size(), '0');
  return kept;
}

std::optional<Identifier> Identifier::parse(std::string_view raw, const IdentifierForm& form) {
  const std::string_view written = text::trim(raw);
  if (written.empty() || text::has_control(written) || !text::is_utf8(written)) return std::nullopt;
  if (written.find_first_of("*\\") != std::string_view::npos) return std::nullopt;
  std::string normal = normal_identifier(written, form);
  if (normal.size() > identifier_bytes_max) return std::nullopt;
  if (normal.find_first_not_of("0-") == std::string::npos) return std::nullopt;
  const bool fits = fits_form(normal, form);
  return Identifier(std::string(written), std::move(normal), fits);
}

std::string Identifier::masked() const {
  constexpr std::size_t shown_max = 4;
  const std::size_t shown = std::min(shown_max, normal_.size() / 2);
  // Counted in characters: a cut inside one would not be UTF-8.
  std::size_t from = normal_.size() - shown;
  while (from < normal_.size() && (static_cast<unsigned char>(normal_[from]) & 0xC0U) == 0x80U) ++from;
  return std::string(nothing_but_dots) + normal_.substr(from);
}

}  // namespace casebridge::model
