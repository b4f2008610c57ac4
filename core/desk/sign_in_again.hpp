// SignInAgain: one sign-in with a stored credential. In the background never with one that holds a password.
#pragma once

#include "core/desk/lockout_guard.hpp"
#include "core/desk/queue_sync.hpp"

namespace casebridge::desk {

struct SignIn {
  const ports::SystemInfo* system = nullptr;
  model::AuthBegin begin;
  Try one;
  bool interactive = true;  // its owner waits for the answer
};

// Opens the stored credential and reserves a try without ever using the last one; troubles as of reserve_try,
// and system_unknown. Within the transaction that also queues the sync.
Result<SignIn> prepare_sign_in(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                               std::string_view trigger);
// Calls the state, then writes what came of it: the sync becomes due now, or ends.
Result<ports::Sync> sign_in_again(const Desk& desk, const SignIn& sign_in, const QueuedSync& queued,
                                  const std::string& request_id, const std::string& locale);

}  // namespace casebridge::desk
