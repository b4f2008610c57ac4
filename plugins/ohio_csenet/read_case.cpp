// The case, its people, and who of them is signed in.
#include <algorithm>

#include "plugins/ohio_csenet/codes.hpp"
#include "plugins/ohio_csenet/datasets.hpp"
#include "plugins/ohio_csenet/request.hpp"

namespace casebridge::ohio_csenet {
namespace {

using model::Participant;
using model::Role;

// A name that fills its field may go on beyond it.
model::PersonName name_of(const Block& block, const Field& last, const Field& first, const Field& middle,
                          const Field& suffix) {
  model::PersonName name{.first = block.text(first),
                         .middle = block.text(middle),
                         .last = block.text(last),
                         .suffix = block.text(suffix)};
  name.truncated = name.last.size() == last.size() || name.first.size() == first.size();
  return name;
}

bool is_nobody(const model::PersonName& name) { return name.first.empty() && name.last.empty(); }

Participant obligor_of(const Block& block) {
  Participant made;
  made.role = Role::noncustodial_parent;
  made.name = name_of(block, ncp_field("Name-Last"), ncp_field("Name-First"), ncp_field("Name-Middle"),
                      ncp_field("Name-Suffix"));
  made.birth_date = block.date(ncp_field("Date-Of-Birth"));
  made.relation_to_cp = Missing::absent;
  return made;
}

Participant participant_of(const Block& block) {
  Participant made;
  made.role = role_of(block.code(participant_field("Relationship")));
  made.active = block.code(participant_field("Participant-Status")) != 'C';
  made.name = name_of(block, participant_field("Name-Last"), participant_field("Name-First"),
                      participant_field("Name-Middle"), participant_field("Name-Suffix"));
  made.birth_date = block.date(participant_field("Date-Of-Birth"));
  const char relation = block.code(participant_field("Dependent-Relation-CP"));
  if (relation == ' ')
    made.relation_to_cp = made.role.value == Role::child ? Missing::not_provided : Missing::absent;
  else
    made.relation_to_cp = relation_of(relation);
  return made;
}

bool is_adult(const Participant& person) {
  return person.role.value != Role::child && person.role.value != Role::unknown;
}

// The state sends the place, number and birth date of an adult to that adult alone.
// `people` are the obligor and then the participants, as `first` has them.
void find_self(const Transaction& first, std::vector<Participant>& people) {
  const auto others = first.all(BlockKind::participant);
  const auto own =
      std::find_if(others.begin(), others.end(), [](const Block& block) { return block.had_ssn(); });
  const bool is_obligor =
      first.first(BlockKind::ncp_locate) != nullptr || first.first(BlockKind::ncp_id)->had_ssn();
  auto self = people.begin();
  if (!is_obligor && own != others.end())
    self += 1 + (own - others.begin());
  else if (!is_obligor)
    self = std::find_if(people.begin(), people.end(), [](const Participant& person) {
      return is_adult(person) && person.birth_date.known();
    });
  if (self != people.end()) self->is_self = true;
}

// Where somebody is at risk, of the others only their part in the case is kept.
void keep_parts_only(std::vector<Participant>& people) {
  for (Participant& person : people) {
    if (person.is_self) continue;
    person.birth_date = Missing::not_provided;
    if (person.role.value != Role::child) person.name = {};
  }
}

std::vector<Participant> read_people(const CaseFile& file) {
  const Transaction& first = file.first();
  const auto others = first.all(BlockKind::participant);
  std::vector<Participant> people;
  people.reserve(1 + others.size());
  people.push_back(obligor_of(*first.first(BlockKind::ncp_id)));
  for (const Block& block : others) people.push_back(participant_of(block));
  find_self(first, people);
  if (file.is_guarded()) keep_parts_only(people);
  const bool nobody = is_nobody(people.front().name) && !people.front().is_self && !file.is_guarded();
  if (nobody) people.erase(people.begin());
  return people;
}

// GSC and a number. The newest counts.
Known<std::string> closure_reason(const Inbox& inbox) {
  Known<std::string> found;
  for (const Transaction& line : inbox) {
    const std::string_view reason = line.reason();
    if (line.function() == "MSC" && reason.size() == 5 && reason.starts_with("GSC") && reason[3] >= '0' &&
        reason[3] <= '9')
      found = std::string(reason);
  }
  return found;
}

}  // namespace

bool is_closed(const CaseFile& file) {
  return !file.is_empty() && file.first().first(BlockKind::case_data)->code(case_field("Case-Status")) == 'C';
}

sdk::Answer<model::Case> read_case(const CaseFile& file, const Transaction& status, const Inbox* inbox) {
  model::Case made;
  made.number = file.case_number();
  made.key = case_key_of(made.number);
  made.processing = read_processing(status);
  made.opened = Missing::unsupported;
  made.closed = Missing::unsupported;
  made.closure_reason = Missing::absent;
  made.locator = file.locator();
  if (file.is_empty()) return made;
  const Block& told = *file.first().first(BlockKind::case_data);
  made.assistance = assistance_of(told.code(case_field("Case-Type")));
  made.status = case_status_of(told.code(case_field("Case-Status")));
  if (inbox != nullptr) made.closure_reason = closure_reason(*inbox);
  made.participants = read_people(file);
  for (const Participant& person : made.participants)
    if (person.is_self) made.viewer_role = person.role;
  SDK_TRY(made.intergov, read_references(file.first()));
  if (file.is_guarded()) {
    made.safety = model::SafetyLevel::payments_only;
    made.locator = Missing::not_provided;
    made.intergov.clear();
  }
  return made;
}

}  // namespace casebridge::ohio_csenet
