// What an operator may do for an account: end its locks and sessions, and begin the choice of a new password.
// The password itself is its owner's.
#pragma once

#include <optional>

#include "core/desk/operating.hpp"

namespace casebridge::desk {

// not_found when there is no such account, in each of these.
Result<void> unlock_account(const Operating&, const OperatorCall&, const AccountId&);
// One session, or all there are. not_found also when it is not one of the account's.
Result<void> end_account_sessions(const Operating&, const OperatorCall&, const AccountId&,
                                  const std::optional<SessionId>& only);
// The password signs nobody in any more, every session ends, and the owner is told by mail how to choose
// another, which takes a code from the mail and the second factor as ever. rate_limited.
Result<void> begin_password_reset(const Operating&, const OperatorCall&, const AccountId&);

}  // namespace casebridge::desk
