// The step that asks for the account to be deleted. Nothing is deleted here: that takes a day in which it can
// be stopped.
#include <optional>
#include <utility>

#include "core/identity/flows.hpp"
#include "core/identity/holds.hpp"

namespace casebridge::identity {

Result<FlowView> Flows::submit_deletion(Attempt& attempt) {
  if (!attempt.fields.contains("delete")) return field_trouble("delete", "is required");
  std::optional<ports::Flow> after;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_CHECK(check_fresh(tx, attempt));
    CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(*attempt.flow.account));
    if (!account) return trouble(TroubleCode::flow_not_found);
    CASEBRIDGE_CHECK(ask_for(tx, attempt, *account, hold_deletion));
    ports::Flow flow = attempt.flow;
    CASEBRIDGE_CHECK(end(tx, flow));
    after = std::move(flow);
    return {};
  }));
  return view_of(*after);
}

}  // namespace casebridge::identity
