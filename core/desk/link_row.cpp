// Puts together what several rows say about one link.
#include "core/desk/link_row.hpp"

#include <algorithm>

#include "core/desk/dataset_states.hpp"
#include "core/desk/state_session.hpp"

namespace casebridge::desk {
namespace {

void name_places(const Desk& desk, LinkView& view) {
  if (const ports::SystemInfo* system = desk.systems.find(view.system))
    view.system_name = system->display_name;
  for (const ports::JurisdictionInfo& info : desk.systems.jurisdictions()) {
    if (info.id == view.jurisdiction) view.jurisdiction_name = info.name;
  }
}

bool needs_user(const LinkView& view) {
  return std::any_of(view.datasets.begin(), view.datasets.end(),
                     [](const DatasetView& dataset) { return dataset.sync == "needs_user"; });
}

}  // namespace

bool is_gone(const ports::Link& link) {
  const auto state = federation::link_state_of(link.state);
  return !state || !federation::row_of(*state).live;
}

Result<void> move_link(ports::Link& link, federation::LinkTrigger trigger, Instant now) {
  const auto from = federation::link_state_of(link.state);
  const auto to = from ? federation::next(*from, trigger) : std::nullopt;
  if (!to) return trouble(TroubleCode::internal, "no such move of a link");
  if (*to != *from) link.state_since = now;
  link.state = federation::name_of(*to);
  return {};
}

Result<bool> may_sign_in_again(ports::Transaction& tx, const ports::Link& link) {
  if (link.custody != "vaulted" || link.second_step_seen || link.state != "active") return false;
  CASEBRIDGE_TRY(const auto credential, tx.link_secrets().get(link.id, "credential"));
  return credential.has_value();
}

Trouble action_required(const ports::Link& link) {
  Trouble made = trouble(TroubleCode::link_action_required);
  made.reference = link.id.text();
  made.remedy_action = "repair_link";
  return made;
}

Result<LinkView> view_of(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                         const std::vector<ports::DatasetState>& states) {
  LinkView view{link.id,
                link.system,
                {},
                link.jurisdiction,
                {},
                link.state,
                link.state_since,
                link.reason,
                {},
                link.custody,
                false,
                {},
                summed_up(states_of(states, link.id)),
                {},
                link.created_at,
                link.version};
  name_places(desk, view);
  CASEBRIDGE_TRY(const auto session, tx.link_secrets().get(link.id, "session"));
  if (session && is_live(*session, desk.clock.now())) {
    view.session_live = true;
    view.session_ends_at = end_of(*session);
  }
  CASEBRIDGE_TRY(const auto sync, tx.syncs().find_open(link.id));
  if (sync) view.open_sync = sync->id;
  if (link.state == "action_required") {
    view.remedy = "repair_link";
  } else if (needs_user(view) || !view.session_live) {
    CASEBRIDGE_TRY(const bool by_itself, may_sign_in_again(tx, link));
    view.remedy = by_itself ? "sync_link" : "repair_link";
    if (!needs_user(view)) view.remedy.clear();
  }
  return view;
}

}  // namespace casebridge::desk
