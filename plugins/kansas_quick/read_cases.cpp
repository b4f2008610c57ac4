// The list of cases, who takes part in one, and what was done in it.
#include "core/base/text.hpp"
#include "core/model/locator.hpp"
#include "plugins/kansas_quick/codes.hpp"
#include "plugins/kansas_quick/datasets.hpp"

namespace casebridge::kansas_quick {
namespace {

// Longer names are cut by the service.
constexpr std::size_t given_name_max = 12;
constexpr std::size_t surname_max = 17;
constexpr std::size_t other_state_digits = 5;

model::Participant participant_of(const Record& row) {
  model::Participant made;
  made.role = row.code(row.text(quick("RoleType")), role_of);
  const Record name = row.part(core("PersonName"));
  if (!name) row.breach("PersonName");
  const auto given = name.maybe_text(core("PersonGivenName"));
  const auto surname = name.maybe_text(core("PersonSurName"));
  if (given) made.name.first = *given;
  if (surname) made.name.last = *surname;
  made.name.truncated = text::count_code_points(made.name.first) >= given_name_max ||
                        text::count_code_points(made.name.last) >= surname_max;
  const auto self = row.maybe_text(quick("Self"));
  made.is_self = self && (*self == "true" || *self == "1");
  const auto number = row.maybe_text(quick("PersonNumber"));
  if (number && !is_number(*number)) row.breach("PersonNumber");
  if (number) made.key = *number;
  made.birth_date = row.date(quick("BirthDate"));
  made.relation_to_cp = Missing::unsupported;
  return made;
}

model::IntergovRef reference_of(const Record& row) {
  model::IntergovRef made;
  const std::string office = row.text(quick("OtherStateFips"));
  const auto locator = model::Locator::parse(office);
  if (office.size() != other_state_digits || !locator) row.breach("OtherStateFips");
  if (locator) made.other_locator = locator->text();
  // A place of no state of ours keeps its code.
  made.other_state = locator && !locator->usps().empty() ? std::string(locator->usps()) : office.substr(0, 2);
  made.other_case = row.maybe_text(quick("ProviderCaseOtherId"));
  made.my_role = row.code(row.text(quick("ProviderRole")), intergov_role_of);
  made.since = row.date(quick("SinceDate"));
  return made;
}

}  // namespace

std::string read_case_number(const Record& holder, const std::string& expected) {
  const Record id = holder.part(services("ChildSupportEnforcementIV-DCaseIdentification"));
  const std::string number = id.text(core("IdentificationID"));
  if (!is_number(number) || (!expected.empty() && number != expected)) holder.breach("IdentificationID");
  return number;
}

std::vector<model::CaseHandle> read_list(const Record& answer) {
  std::vector<model::CaseHandle> cases;
  for (const Record& row : answer.list(quick("Case"))) {
    cases.push_back({read_case_number(row, {})});
    for (std::size_t i = 0; i + 1 < cases.size(); ++i)
      if (cases[i].key == cases.back().key) row.breach("IdentificationID");
  }
  return cases;
}

Participants read_participants(const Record& answer, const Scope& scope) {
  Participants made;
  read_case_number(answer, scope.case_number);
  made.status = answer.code(answer.text(quick("CaseStatus")), case_status_of);
  int own = 0;
  for (const Record& row : answer.list(quick("Participant"))) {
    made.people.push_back(participant_of(row));
    own += made.people.back().is_self ? 1 : 0;
  }
  // Whose view this is decides what may be shown of it.
  if (own != 1) answer.breach("Self");
  for (const Record& row : answer.list(quick("IntergovernmentalReference")))
    made.references.push_back(reference_of(row));
  return made;
}

Activities read_activities(const Record& answer, const Scope& scope) {
  Activities made;
  read_case_number(answer, scope.case_number);
  made.opened = answer.date(quick("OpenDate"));
  made.closed = answer.date(quick("CloseDate"));
  const auto reason = answer.maybe_text(quick("CloseReason"));
  made.closure_reason = reason ? reason : Known<std::string>(Missing::absent);
  KeyRing keys;
  for (const Record& row : answer.list(quick("Enforcement"))) {
    const auto kind = row.mark("kind");
    if (!kind) row.breach("kind");
    const auto date = row.date_mark("date");
    // The service names kinds of action that were never taken.
    if (!kind || !date) continue;
    model::EnforcementAction action;
    action.key = keys.unique(*kind);
    action.kind = row.code(*kind, enforcement_kind_of);
    action.date = date;
    action.released = Missing::unsupported;
    action.detail = row.maybe_text(quick("Party"));
    made.enforcement.push_back(std::move(action));
  }
  // Not shown, but they must be dates all the same.
  for (const std::string_view other : {"LastReviewDate", "LastModifiedDate"}) (void)answer.date(quick(other));
  return made;
}

}  // namespace casebridge::kansas_quick
