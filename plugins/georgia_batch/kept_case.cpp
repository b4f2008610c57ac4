// The case, its people, and whether anything of it may be shown.
#include "plugins/georgia_batch/kept_case.hpp"

#include <algorithm>

#include "plugins/georgia_batch/codes.hpp"

namespace casebridge::georgia_batch {
namespace {

using RowText = std::vector<std::string>;

constexpr std::size_t restricted_at = 9;  // of CAS

model::Participant participant_of(const RowText& row, const std::string& viewer) {
  model::Participant made;
  made.key = field(row, 2);
  made.role = coded<model::Role>(field(row, 3));
  made.name.last = field(row, 4);
  made.name.first = field(row, 5);
  made.name.middle = field(row, 6);
  made.relation_to_cp = known_text(field(row, 7));
  made.active = field(row, 9) != "N";
  made.birth_date = Missing::unsupported;
  made.is_self = made.key == viewer;
  return made;
}

model::IntergovRef reference_of(const RowText& row) {
  model::IntergovRef made;
  made.other_state = field(row, 2);
  made.other_locator = known_text(field(row, 3));
  made.other_case = known_text(field(row, 4));
  made.my_role = coded<model::IntergovRole>(field(row, 5));
  made.since = known_date(field(row, 6));
  return made;
}

bool is_restricted(const Rows& rows) {
  return std::any_of(rows.begin(), rows.end(), [](const RowText& row) {
    return row[0] == "CAS" && !field(row, restricted_at).empty();
  });
}

}  // namespace

Known<std::string> known_text(std::string_view field) {
  return field.empty() ? Known<std::string>(Missing::absent) : Known<std::string>(std::string(field));
}

Known<model::Date> known_date(std::string_view field) {
  const auto day = model::Date::parse(field);
  return day ? Known<model::Date>(*day) : Known<model::Date>(Missing::absent);
}

Known<bool> known_flag(std::string_view field) {
  return field.empty() ? Known<bool>(Missing::not_provided) : Known<bool>(field == "Y");
}

std::vector<const RowText*> KeptCase::all(std::string_view type) const {
  std::vector<const RowText*> found;
  for (const RowText& row : rows)
    if (row[0] == type) found.push_back(&row);
  return found;
}

bool is_revoked(const Rows& rows, std::string_view pin) {
  return std::any_of(rows.begin(), rows.end(), [&](const RowText& row) {
    return row[0] == "PIN" && field(row, 2) == pin && field(row, 4) == "REVOKED";
  });
}

KeptCase open_kept(std::string number, std::string person, std::string_view pin, Rows rows) {
  KeptCase kept{std::move(number), std::move(person), {}, model::Role::unknown};
  if (is_restricted(rows) || is_revoked(rows, pin)) return kept;
  const auto viewer = std::find_if(rows.begin(), rows.end(), [&](const RowText& row) {
    return row[0] == "PAR" && field(row, 2) == kept.person;
  });
  // Somebody who takes no part in the case any more sees nothing of it.
  if (viewer == rows.end()) return kept;
  kept.role = coded<model::Role>(field(*viewer, 3)).value;
  const auto of_role = std::count_if(rows.begin(), rows.end(), [&](const RowText& row) {
    return row[0] == "PAR" && field(row, 3) == field(*viewer, 3);
  });
  kept.is_alone_in_role = of_role == 1 && field(*viewer, 9) != "N";
  kept.rows = std::move(rows);
  return kept;
}

bool KeptCase::has(model::Role wanted) const {
  return std::any_of(rows.begin(), rows.end(), [&](const RowText& row) {
    return row[0] == "PAR" && coded<model::Role>(field(row, 3)).value == wanted;
  });
}

model::Case read_case(const KeptCase& kept) {
  model::Case made;
  made.key = kept.number;
  made.number = kept.number;
  if (!kept.is_available()) {
    made.safety = model::SafetyLevel::case_blocked;
    return made;
  }
  const RowText& row = *kept.all("CAS").front();
  made.assistance = coded<model::Assistance>(field(row, 2));
  made.status = coded<model::CaseStatus>(field(row, 3));
  made.opened = known_date(field(row, 4));
  made.closed = known_date(field(row, 5));
  made.closure_reason = known_text(field(row, 6));
  made.locator = known_text(field(row, 7));
  made.processing = coded<model::Processing>(field(row, 8));
  for (const RowText* one : kept.all("PAR")) {
    made.participants.push_back(participant_of(*one, kept.person));
    if (made.participants.back().is_self) made.viewer_role = made.participants.back().role;
  }
  for (const RowText* one : kept.all("IGR")) made.intergov.push_back(reference_of(*one));
  return made;
}

}  // namespace casebridge::georgia_batch
