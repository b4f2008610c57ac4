// Locator: the code of an office in child support messages ("FIPS code"): of a state, a tribe or a country.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casebridge::model {

class Locator {
 public:
  enum class Kind {
    state,    // two digits of the state, three of the county, two of an office within it
    tribe,    // 90 and three characters of the Bureau of Indian Affairs (OCSE DCL-07-02)
    country,  // 80 and three characters of ISO 3166
    other,    // of the right form, and of nobody known here, such as 9900000
  };

  // Five characters or seven; blanks where the office of a county would be are none ("48201  "). nullopt
  // otherwise. Letters become capitals.
  static std::optional<Locator> parse(std::string_view raw);

  Kind kind() const { return kind_; }
  const std::string& text() const { return text_; }  // always seven characters; no office is 00
  // Two letters of the state; empty for all other kinds. Of the office that is named: an address of payment
  // may be a neighbour's, so it never tells whose a case is.
  std::string_view usps() const { return usps_; }
  std::string_view county() const { return std::string_view(text_).substr(2, 3); }
  bool is_whole_state() const { return kind_ == Kind::state && county() == "000"; }

  friend bool operator==(const Locator& a, const Locator& b) { return a.text_ == b.text_; }

 private:
  Locator(Kind kind, std::string text, std::string_view usps)
      : kind_(kind), text_(std::move(text)), usps_(usps) {}
  Kind kind_;
  std::string text_;
  std::string_view usps_;  // of the table of codes
};

std::string_view name_of(Locator::Kind kind);
// USPS code of a two-digit state code (FIPS 5-2, now INCITS 38); empty for one that is not assigned.
std::string_view usps_of_fips(std::string_view two_digits);

}  // namespace casebridge::model
