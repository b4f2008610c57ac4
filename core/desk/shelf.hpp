// Shelf: what one read of an account's links finds, so that views need no further questions to the store.
#pragma once

#include <string>
#include <vector>

#include "core/desk/desk.hpp"

namespace casebridge::desk {

struct ShelvedLink {
  ports::Link link;
  const ports::SystemInfo* system = nullptr;  // nullptr: not configured any more
  const ports::JurisdictionInfo* jurisdiction = nullptr;
  std::vector<ports::DatasetState> states;
  bool session_live = false;
  bool can_sign_in = false;  // the owner's refresh needs no answers
  bool syncing = false;
  bool outdated = false;  // its records follow other rules than are declared: none of them is to be seen
};
struct Shelf {
  std::vector<ShelvedLink> links;  // oldest first
  std::int64_t account_version = 0;
};

Result<Shelf> read_shelf(const Desk& desk, ports::Transaction& tx, const AccountId& account);
// nullptr when it is not on the shelf.
const ShelvedLink* find_link(const Shelf& shelf, const LinkId& id);

}  // namespace casebridge::desk
