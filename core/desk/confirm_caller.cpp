// Asks the identity wing.
#include "core/desk/confirm_caller.hpp"

namespace casebridge::desk {

Result<void> ConfirmCaller::run(const model::Caller& caller) const {
  return store_.glance([&](ports::Transaction& tx) {
    return identity::check_step_up(tx.factors(), caller, clock_.now(), age_);
  });
}

}  // namespace casebridge::desk
