// The table of state codes, and what the two first characters of a locator say.
#include "core/model/locator.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.hpp"

namespace casebridge::model {
namespace {

using Row = std::pair<std::string_view, std::string_view>;
constexpr std::array<Row, 56> states{{
    {"01", "AL"}, {"02", "AK"}, {"04", "AZ"}, {"05", "AR"}, {"06", "CA"}, {"08", "CO"}, {"09", "CT"},
    {"10", "DE"}, {"11", "DC"}, {"12", "FL"}, {"13", "GA"}, {"15", "HI"}, {"16", "ID"}, {"17", "IL"},
    {"18", "IN"}, {"19", "IA"}, {"20", "KS"}, {"21", "KY"}, {"22", "LA"}, {"23", "ME"}, {"24", "MD"},
    {"25", "MA"}, {"26", "MI"}, {"27", "MN"}, {"28", "MS"}, {"29", "MO"}, {"30", "MT"}, {"31", "NE"},
    {"32", "NV"}, {"33", "NH"}, {"34", "NJ"}, {"35", "NM"}, {"36", "NY"}, {"37", "NC"}, {"38", "ND"},
    {"39", "OH"}, {"40", "OK"}, {"41", "OR"}, {"42", "PA"}, {"44", "RI"}, {"45", "SC"}, {"46", "SD"},
    {"47", "TN"}, {"48", "TX"}, {"49", "UT"}, {"50", "VT"}, {"51", "VA"}, {"53", "WA"}, {"54", "WV"},
    {"55", "WI"}, {"56", "WY"}, {"60", "AS"}, {"66", "GU"}, {"69", "MP"}, {"72", "PR"}, {"78", "VI"},
}};

bool is_code_character(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); }

}  // namespace

std::string_view usps_of_fips(std::string_view two_digits) {
  const auto found =
      std::find_if(states.begin(), states.end(), [&](const Row& row) { return row.first == two_digits; });
  return found == states.end() ? std::string_view() : found->second;
}

std::string_view name_of(Locator::Kind kind) {
  switch (kind) {
    case Locator::Kind::state: return "state";
    case Locator::Kind::tribe: return "tribe";
    case Locator::Kind::country: return "country";
    case Locator::Kind::other: return "other";
  }
  return "other";
}

std::optional<Locator> Locator::parse(std::string_view raw) {
  std::string code = text::upper_ascii(text::trim(raw));
  constexpr std::size_t office_size = 5, whole_size = 7;
  if (code.size() != office_size && code.size() != whole_size) return std::nullopt;
  if (!std::all_of(code.begin(), code.end(), is_code_character)) return std::nullopt;
  if (code.size() == office_size) code += "00";
  const std::string first = code.substr(0, 2);
  if (first == "90") return Locator(Kind::tribe, std::move(code), {});
  if (first == "80") return Locator(Kind::country, std::move(code), {});
  const std::string_view usps = usps_of_fips(first);
  const bool of_state = !usps.empty() && text::all_digits(std::string_view(code).substr(2, 3));
  return Locator(of_state ? Kind::state : Kind::other, std::move(code), of_state ? usps : std::string_view());
}

}  // namespace casebridge::model
