// The lock-out guard: reserves a try before a credential is sent, and books what the state said about it.
#pragma once

#include "core/desk/desk.hpp"

namespace casebridge::desk {

// One try of one credential. Both digests are keyed; nothing in here can be turned back.
struct Try {
  const ports::SystemInfo* system = nullptr;
  std::string identity_digest;    // of (system, user name as typed): the states count per name
  std::string credential_digest;  // of everything typed; empty: it is never too late to try the same again
};
Try try_of(const Desk& desk, const ports::SystemInfo& system, const model::AuthBegin& begin);
// To open an account: counted for each account of ours, because states count whom they do not find by what
// was typed, which whoever guesses changes. What did not fit today may fit once the state's record is right.
Try enrolment_try(const Desk& desk, const ports::SystemInfo& system, const AccountId& account);

// credential_already_refused, account_locked (retry_at), challenge_lockout_risk (attempts_left 1) without
// `confirmed`. Otherwise the try is booked as used, so that two at the same time cannot use the same one.
Result<void> reserve_try(const Desk& desk, ports::Transaction& tx, const Try& one, bool confirmed);
// Nobody can say whether the state has looked at the credential before it failed like this. Such a try stays
// used.
bool may_have_counted(const Trouble& failure);
// The password was right, or it never reached the state: the reserved try is given back.
Result<void> give_back_try(ports::Transaction& tx, const Try& one);
// The state refused it. Remembers the credential; what the state reports replaces our own count.
Result<void> book_refusal(const Desk& desk, ports::Transaction& tx, const Try& one, const Trouble& refusal);
// A second step that ended after its last wrong answer counts at the state as one refused try.
Result<void> book_failed_step(const Desk& desk, ports::Transaction& tx, const Try& one);
Result<void> book_lock(const Desk& desk, ports::Transaction& tx, const Try& one, const Trouble& lock);
// A sign-in that is complete sets the state's counter back.
Result<void> book_success(ports::Transaction& tx, const Try& one);

}  // namespace casebridge::desk
