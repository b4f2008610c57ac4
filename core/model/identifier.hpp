// Identifier: a number a state gave to a case, a person or an order; kept as written, compared in one form.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casebridge::model {

// How one jurisdiction writes one kind of its numbers. What is not known stays at its default, and then
// nothing is assumed.
struct IdentifierForm {
  enum class Kind { case_number, participant, order, payment };
  enum class Characters { any, digits, alphanumeric };
  Kind kind = Kind::case_number;
  Characters characters = Characters::any;
  std::size_t length = 0;      // native length; 0: not known
  std::size_t length_max = 0;  // where only the longest is known; 0: not known
  std::string prefix{};        // every number begins with it
  // Written in front by others, and no part of the number.
  std::vector<std::string> foreign_prefixes{};
  bool zeros_significant = false;  // leading zeros tell numbers apart; otherwise they are padding
};

// Names in the files of states: case, participant, order, payment; any, digits, alphanumeric.
std::optional<IdentifierForm::Kind> identifier_kind_of(std::string_view name);
std::string_view name_of(IdentifierForm::Kind kind);
std::optional<IdentifierForm::Characters> characters_of(std::string_view name);
std::string_view name_of(IdentifierForm::Characters characters);

// Two spellings of one number become equal, two numbers never do. Upper case, without blanks and the marks
// - . / between groups; of an order number one - stays where any stood, because its groups have no fixed
// width. An all-digit number without leading zeros is padded to the native length. Idempotent.
std::string normal_identifier(std::string_view raw, const IdentifierForm& form);

inline constexpr std::string_view nothing_but_dots = "••••";

class Identifier {
 public:
  // nullopt for what no state can mean: nothing, zeros only, longer than 30 characters, a control character,
  // or one of the delimiters * and \ of the formats these numbers travel in.
  static std::optional<Identifier> parse(std::string_view raw, const IdentifierForm& form);

  const std::string& raw() const { return raw_; }        // as it was written
  const std::string& normal() const { return normal_; }  // for comparing and for the state's own system
  // Whether it looks the way this state writes them. A form nobody confirmed must not refuse a number.
  bool fits() const { return fits_; }
  // Enough to recognise one's own: dots and the last four characters, fewer of a short one.
  std::string masked() const;

  friend bool operator==(const Identifier& a, const Identifier& b) { return a.normal_ == b.normal_; }

 private:
  Identifier(std::string raw, std::string normal, bool fits)
      : raw_(std::move(raw)), normal_(std::move(normal)), fits_(fits) {}
  std::string raw_, normal_;
  bool fits_;
};

}  // namespace casebridge::model
