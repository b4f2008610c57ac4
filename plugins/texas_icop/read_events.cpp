// Hearings, appointments and other dates to keep, in the local time of Texas.
#include "core/base/text.hpp"
#include "plugins/texas_icop/codes.hpp"
#include "plugins/texas_icop/datasets.hpp"

namespace casebridge::texas_icop {

std::vector<model::Event> read_events(const WireObject& root) {
  std::vector<model::Event> events;
  KeyRing keys;
  for (const WireObject& row : root.list("events")) {
    model::Event made;
    made.key = keys.unique(row.key("eventId"));
    made.kind = row.code("kind", event_kind_of);
    made.starts_local = row.local_time("startLocal");
    made.ends_local = row.maybe_local_time("endLocal");
    made.time_zone = row.key("timeZone");
    // The only zone of the interface; another one would make every hour doubtful.
    if (made.time_zone != "America/Chicago") row.breach("timeZone");
    made.place = row.maybe_text("place");
    made.status = text::lower_ascii(row.text("status"));
    events.push_back(std::move(made));
  }
  return events;
}

}  // namespace casebridge::texas_icop
