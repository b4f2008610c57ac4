// Links are projected anew when they are next looked at: no start of a gateway waits for all of them.
#include "core/desk/project_anew.hpp"

#include <set>

#include "core/desk/dataset_states.hpp"
#include "core/desk/merge_case.hpp"
#include "core/federation/projection.hpp"

namespace casebridge::desk {
namespace {

Result<void> project_link(const Desk& desk, ports::Transaction& tx, const ports::Link& link) {
  CASEBRIDGE_TRY(const auto states, tx.snapshots().states(link.account));
  std::set<std::string> keys;
  for (const ports::DatasetState& state : states_of(states, link.id))
    if (!state.case_key.empty()) keys.insert(state.case_key);
  for (const std::string& key : keys) CASEBRIDGE_CHECK(project_case(desk, tx, link, key));
  return tx.snapshots().mark_projected(link.id);
}

}  // namespace

std::string projection_rules_of(const Desk& desk, const std::string& system) {
  const ports::SystemInfo* const info = desk.systems.find(system);
  return federation::projection_rules(info ? static_cast<model::SafetyLevel>(info->safety_policy)
                                           : model::SafetyLevel::none);
}

Result<void> declare_projection_rules(const Desk& desk) {
  return desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    for (const ports::SystemInfo& system : desk.systems.systems())
      CASEBRIDGE_CHECK(tx.snapshots().set_projection_rules(system.id, projection_rules_of(desk, system.id)));
    return {};
  });
}

Result<bool> follows_other_rules(const Desk& desk, ports::Transaction& tx, const std::string& system) {
  CASEBRIDGE_TRY(const std::string declared, tx.snapshots().projection_rules(system));
  return !declared.empty() && declared != projection_rules_of(desk, system);
}

Result<void> project_anew(const Desk& desk, const AccountId& account) {
  bool some = false;
  CASEBRIDGE_CHECK(desk.store.glance([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const auto outdated, tx.snapshots().outdated(account));
    some = !outdated.empty();
    return {};
  }));
  if (!some) return {};
  return desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const auto outdated, tx.snapshots().outdated(account));
    for (const ports::OutdatedLink& one : outdated) {
      CASEBRIDGE_TRY(const bool other, follows_other_rules(desk, tx, one.system));
      CASEBRIDGE_TRY(const auto link, tx.links().find(account, one.link));
      if (link && !other) CASEBRIDGE_CHECK(project_link(desk, tx, *link));
    }
    return {};
  });
}

}  // namespace casebridge::desk
