// What the state does to collect.
#include "plugins/texas_icop/codes.hpp"
#include "plugins/texas_icop/datasets.hpp"

namespace casebridge::texas_icop {

std::vector<model::EnforcementAction> read_enforcement(const WireObject& root) {
  std::vector<model::EnforcementAction> actions;
  KeyRing keys;
  for (const WireObject& row : root.list("enforcement")) {
    model::EnforcementAction made;
    made.key = keys.unique(row.key("actionId"));
    made.kind = row.code("kind", enforcement_kind_of);
    made.status = row.code("status", enforcement_status_of);
    made.date = row.date("date");
    made.released = row.date("releasedDate");
    made.detail = row.maybe_text("detail");
    actions.push_back(std::move(made));
  }
  return actions;
}

}  // namespace casebridge::texas_icop
