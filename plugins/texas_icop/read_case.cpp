// The list of cases, and a case with its participants and references to other states.
#include "core/base/text.hpp"
#include "plugins/texas_icop/codes.hpp"
#include "plugins/texas_icop/datasets.hpp"

namespace casebridge::texas_icop {
namespace {

std::string text_or_nothing(const Known<std::string>& text) { return text ? *text : std::string(); }

model::Participant participant_of(const WireObject& party) {
  model::Participant made;
  made.key = text_or_nothing(party.maybe_text("memberId"));
  made.role = party.code("role", role_of);
  made.is_self = party.flag("self");
  made.active = party.flag("active");
  made.name.first = party.text("firstName");
  made.name.middle = text_or_nothing(party.maybe_text("middleName"));
  made.name.last = party.text("lastName");
  made.name.suffix = text_or_nothing(party.maybe_text("suffix"));
  made.birth_date = party.date("dob");
  made.relation_to_cp = Missing::unsupported;
  return made;
}

model::IntergovRef reference_of(const WireObject& other) {
  model::IntergovRef made;
  made.other_state = other.key("state");
  made.other_locator = Missing::unsupported;
  made.other_case = other.key("caseNumber");
  made.my_role = other.code("role", intergov_role_of);
  made.since = other.date("since");
  return made;
}

// The county, made a locator by the sub-office "00".
std::string locator_of(const WireObject& record) {
  const std::string county = record.key("countyFips");
  if (county.size() != 5) record.breach("countyFips");
  return county + "00";
}

std::string case_number_of(const WireObject& record) {
  std::string number = record.key("caseNumber");
  if (!is_case_number(number)) record.breach("caseNumber");
  return number;
}

}  // namespace

bool is_case_number(std::string_view text) { return text.size() == 10 && text::all_digits(text); }

model::CaseList read_case_list(const WireObject& root) {
  model::CaseList list;
  KeyRing seen;
  for (const WireObject& entry : root.list("cases")) {
    const std::string number = case_number_of(entry);
    if (seen.first_seen(number)) list.cases.push_back({number});
  }
  return list;
}

model::Case read_case(const WireObject& root, const std::string& case_number) {
  model::Case made;
  const auto node = root.find("case");
  if (!node) {
    root.breach("case");
    return made;
  }
  const WireObject record(*node, "/case", root.reading());
  made.number = case_number_of(record);
  if (made.number != case_number) record.breach("caseNumber");
  made.key = made.number;
  made.assistance = record.code("caseType", assistance_of);
  made.status = record.code("status", case_status_of);
  made.processing = record.code("processing", processing_of);
  made.viewer_role = record.code("yourRole", role_of);
  made.opened = record.date("openedDate");
  made.closed = record.date("closedDate");
  made.closure_reason = record.maybe_text("closureReason");
  made.locator = locator_of(record);
  for (const WireObject& party : record.list("parties")) made.participants.push_back(participant_of(party));
  for (const WireObject& other : record.maybe_list("otherState"))
    made.intergov.push_back(reference_of(other));
  return made;
}

}  // namespace casebridge::texas_icop
