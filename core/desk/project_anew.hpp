// ProjectAnew: what is stored of an account's links, brought under the rules of today before it is shown.
#pragma once

#include "core/desk/desk.hpp"

namespace casebridge::desk {

// The rules by which this gateway projects records of a system.
std::string projection_rules_of(const Desk& desk, const std::string& system);
// Says so to the store, for every system. Links whose records follow other rules are shown to nobody until
// they were projected anew.
Result<void> declare_projection_rules(const Desk& desk);
// To be called before an account's records are read. Costs one small read while there is nothing to do. Links
// of a system for which another gateway has declared other rules stay as they are, and stay unseen.
Result<void> project_anew(const Desk& desk, const AccountId& account);
// Whether another gateway has declared other rules for the system: then nothing may be written by ours.
Result<bool> follows_other_rules(const Desk& desk, ports::Transaction& tx, const std::string& system);

}  // namespace casebridge::desk
