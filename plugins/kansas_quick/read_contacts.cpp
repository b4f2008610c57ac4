// Whom a parent can ask about the case.
#include "core/base/text.hpp"
#include "plugins/kansas_quick/codes.hpp"
#include "plugins/kansas_quick/datasets.hpp"

namespace casebridge::kansas_quick {
namespace {

constexpr std::size_t phone_digits = 10;

void join(std::string& line, const Known<std::string>& word) {
  if (!word) return;
  if (!line.empty()) line += ' ';
  line += *word;
}

model::ContactPoint contact_of(const Record& row, KeyRing& keys) {
  model::ContactPoint made;
  const auto type = row.mark("type");
  if (!type) row.breach("type");
  made.key = keys.unique(type ? *type : std::string());
  made.kind = row.code(type ? *type : std::string(), contact_kind_of);
  if (const auto office = row.maybe_text(quick("OfficeName"))) made.office = *office;
  made.name = Missing::unsupported;
  made.extension = Missing::unsupported;
  made.hours = Missing::unsupported;
  made.phone = row.maybe_text(quick("Phone"));
  // Ten digits become a number that can be dialled; anything else stays as the state writes it.
  if (made.phone && made.phone->size() == phone_digits && text::all_digits(*made.phone))
    made.phone = "+1" + *made.phone;
  made.email = row.maybe_text(quick("Email"));
  if (const auto street = row.maybe_text(core("StreetFullText"))) made.address.push_back(*street);
  std::string place;
  for (const std::string_view member :
       {"LocationCityName", "LocationStateUSPostalServiceCode", "LocationPostalCode"})
    join(place, row.maybe_text(core(member)));
  if (!place.empty()) made.address.push_back(place);
  return made;
}

}  // namespace

std::vector<model::ContactPoint> read_contacts(const Record& answer, const Scope& scope) {
  std::vector<model::ContactPoint> contacts;
  read_case_number(answer, scope.case_number);
  KeyRing keys;
  for (const Record& row : answer.list(quick("Contact"))) contacts.push_back(contact_of(row, keys));
  return contacts;
}

}  // namespace casebridge::kansas_quick
