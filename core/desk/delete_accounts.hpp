// DeleteAccounts: a regular job that erases the accounts whose owners asked for it a day ago and did not stop
// it.
#pragma once

#include "core/base/result.hpp"
#include "core/desk/desk.hpp"
#include "core/identity/account_mail.hpp"

namespace casebridge::desk {

// Any thread. Of each account: the states' sessions are ended, every row is erased, and with the rows the
// keys that are wrapped in them; the owner gets a last mail. How many were erased. What a state does not end
// in time is ended by a job, or by itself.
Result<int> delete_due_accounts(const Desk&, const identity::AccountMail&);

}  // namespace casebridge::desk
