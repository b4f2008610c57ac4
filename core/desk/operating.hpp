// Operating: what the use cases of operators need. Each tells the audit log in the transaction in which it
// reads or writes, so that what cannot be told is neither shown nor done.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/audit/checkpoint_file.hpp"
#include "core/desk/desk.hpp"
#include "core/desk/tell.hpp"
#include "core/identity/alerts.hpp"
#include "core/identity/operator_policy.hpp"
#include "core/model/caller.hpp"
#include "core/ports/store_keys.hpp"

namespace casebridge::desk {

// The references outlive every use case.
struct Operating {
  const Desk& desk;
  ports::KeyDatabase& keys;
  const identity::Alerts& alerts;
  const audit::CheckpointFile* checkpoint = nullptr;  // null: none is written
  identity::OperatorPolicy policy{};
  identity::ThrottleRules throttle{};
};

// Who asks. That it is an operator was found out at the gate, with the session.
struct OperatorCall {
  const model::Caller& caller;
  std::string request_id;
};

using AccountWork = std::function<Result<void>(ports::Transaction&, const ports::Account&)>;
using AccountSearch = std::function<Result<std::optional<ports::Account>>(ports::Transaction&)>;

// Tells `action` of the account that is found, then does the work. Also a search in vain is told of:
// not_found.
Result<void> with_account(const Operating& operating, const OperatorCall& call, const AccountSearch& search,
                          std::string_view action, Facts facts, const AccountWork& work);
Result<void> with_account(const Operating& operating, const OperatorCall& call, const AccountId& account,
                          std::string_view action, Facts facts, const AccountWork& work);
// A look at the gateway itself, which is told with the operator's own account.
Result<void> watching(const Operating& operating, const OperatorCall& call, const std::string& what,
                      const ports::Store::Work& work);

}  // namespace casebridge::desk
