// Asks the identity wing.
#include "core/desk/confirm_caller.hpp"

namespace casebridge::desk {

Result<void> ConfirmCaller::run(const Identified& who) const {
  const auto age = who.is_operator ? operator_age_ : age_;
  return store_.glance([&](ports::Transaction& tx) {
    return identity::check_step_up(tx.factors(), who.caller, clock_.now(), age);
  });
}

}  // namespace casebridge::desk
