// Puts every link together with its states, its session and its place.
#include "core/desk/shelf.hpp"

#include <algorithm>

#include "core/desk/dataset_states.hpp"
#include "core/desk/link_row.hpp"
#include "core/desk/state_session.hpp"

namespace casebridge::desk {

Result<Shelf> read_shelf(const Desk& desk, ports::Transaction& tx, const AccountId& account) {
  Shelf shelf;
  CASEBRIDGE_TRY(auto links, tx.links().list(account));
  CASEBRIDGE_TRY(const auto states, tx.snapshots().states(account));
  CASEBRIDGE_TRY(const auto outdated, tx.snapshots().outdated(account));
  CASEBRIDGE_TRY(shelf.account_version, tx.account_version(account));
  for (ports::Link& link : links) {
    const ports::SystemInfo* system = desk.systems.find(link.system);
    CASEBRIDGE_TRY(const auto session, tx.link_secrets().get(link.id, "session"));
    CASEBRIDGE_TRY(const auto sync, tx.syncs().find_open(link.id));
    CASEBRIDGE_TRY(const bool can_sign_in, may_sign_in_again(tx, link));
    const bool live = session && is_live(*session, desk.clock.now());
    auto own = states_of(states, link.id);
    shelf.links.push_back(
        {std::move(link), system, nullptr, std::move(own), live, can_sign_in, sync.has_value()});
    shelf.links.back().outdated =
        std::any_of(outdated.begin(), outdated.end(),
                    [&](const ports::OutdatedLink& one) { return one.link == shelf.links.back().link.id; });
    for (const ports::JurisdictionInfo& info : desk.systems.jurisdictions()) {
      if (info.id == shelf.links.back().link.jurisdiction) shelf.links.back().jurisdiction = &info;
    }
  }
  return shelf;
}

const ShelvedLink* find_link(const Shelf& shelf, const LinkId& id) {
  const auto found = std::find_if(shelf.links.begin(), shelf.links.end(),
                                  [&](const ShelvedLink& one) { return one.link.id == id; });
  return found == shelf.links.end() ? nullptr : &*found;
}

}  // namespace casebridge::desk
