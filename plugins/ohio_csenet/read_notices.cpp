// What the inbox tells: enforcement, hearings, decisions, and notices that no table explains.
#include "plugins/ohio_csenet/codes.hpp"
#include "plugins/ohio_csenet/datasets.hpp"
#include "plugins/ohio_csenet/keys.hpp"
#include "plugins/ohio_csenet/wire_dates.hpp"

#include "core/base/text.hpp"

namespace casebridge::ohio_csenet {
namespace {

constexpr const char* no_time = "00:00";

Known<std::string> line_text(const Transaction& notice, int line) {
  const std::string_view text = trimmed(notice.information(line));
  return text.empty() ? Known<std::string>(Missing::not_provided) : Known<std::string>(std::string(text));
}

Known<model::Date> resolved_on(const Transaction& notice) {
  return notice.header().date(header_field("Action-Resolution-Date"));
}

bool is_hearing(std::string_view reason) { return reason == "GIHER"; }

bool is_decision(const Transaction& notice) {
  const std::string_view reason = notice.reason();
  return notice.function() == "EST" &&
         (reason == "SSADJ" || reason == "SUADJ" || reason == "SSMOD" || reason == "SUMOD");
}

// These are told elsewhere: money with the payments, the closure with the case. An acknowledgement has no
// reason.
bool is_no_event(const Transaction& notice) {
  const std::string_view reason = notice.reason();
  return reason.empty() || reason == "CITAX" || is_enforcement(reason) ||
         (reason.size() == 5 && reason.starts_with("GSC") && reason[3] >= '0' && reason[3] <= '9');
}

model::Event event_of(const Transaction& notice) {
  model::Event made;
  const std::string_view reason = notice.reason();
  const Known<model::Date> resolved = resolved_on(notice);
  // The header's date is always there.
  const model::Date day = resolved ? *resolved : *notice.date();
  if (is_hearing(reason))
    made.kind = model::EventKind::hearing;
  else if (is_decision(notice))
    made.kind = model::EventKind::review;
  else
    made.kind = model::Coded<model::EventKind>::unrecognised(std::string(reason));
  made.starts_local = day.text() + "T" + no_time;
  made.ends_local = Missing::unsupported;
  made.time_zone = state_zone;
  made.place = Missing::not_provided;
  if (is_decision(notice)) made.status = std::string(reason);
  made.key = derived_key({reason, day.text()});
  return made;
}

}  // namespace

std::vector<model::EnforcementAction> read_enforcement(const Inbox& inbox) {
  std::vector<model::EnforcementAction> actions;
  for (const Transaction& notice : inbox) {
    const std::string_view reason = notice.reason();
    if (notice.function() != "ENF" || !is_enforcement(reason)) continue;
    model::EnforcementAction made;
    made.kind = enforcement_kind_of(reason);
    made.date = resolved_on(notice);
    made.released = Missing::unsupported;
    made.detail = line_text(notice, 1);
    made.key = derived_key({reason, key_part(made.date)});
    actions.push_back(std::move(made));
  }
  number_equals(actions);
  return actions;
}

sdk::Answer<std::vector<model::Event>> read_events(const Inbox& inbox, bool guarded) {
  std::vector<model::Event> events;
  for (const Transaction& notice : inbox) {
    if (is_no_event(notice)) continue;
    model::Event made = event_of(notice);
    if (made.kind.value == model::EventKind::hearing) {
      const auto time = hearing_time(notice.information(1));
      if (!time || !resolved_on(notice)) return sdk::drift("information/HEARING");
      made.starts_local = resolved_on(notice)->text() + "T" + *time;
      if (!guarded) made.place = line_text(notice, 2);
    }
    events.push_back(std::move(made));
  }
  number_equals(events);
  return events;
}

}  // namespace casebridge::ohio_csenet
