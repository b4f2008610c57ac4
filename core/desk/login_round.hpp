// LoginRound: one step of a sign-in at a state. Claimed in one transaction, called outside, settled in
// another.
#pragma once

#include "core/desk/attempt_row.hpp"
#include "core/desk/lockout_guard.hpp"
#include "core/model/caller.hpp"

namespace casebridge::desk {

using LoginAnswer = ports::Answer<model::AuthStep>;

struct LoginRound {
  ports::LinkAttempt row;  // as the claim wrote it: verifying
  OpenChallenge shown;     // what is being answered
  const ports::SystemInfo* system = nullptr;
  model::AuthBegin begin;    // what was typed into the form; empty later on unless it is to be vaulted
  bool at_form = false;      // this step is the form itself
  SecretBytes resume;        // the adapter's, of the step before
  model::AuthAnswer answer;  // of the second and later steps
  SecretBytes pending;       // what the state gave with its last "not yet"
};

// The open challenge of an attempt, with its secrets opened; the row is not changed.
// system_unknown, internal.
Result<LoginRound> open_round(const Desk& desk, ports::LinkAttempt row);
// Marks the attempt so that no second submission can pass, and forgets the secrets that now live in `round`
// only.
Result<void> claim_round(const Desk& desk, ports::Transaction& tx, LoginRound& round);
Try try_of(const LoginRound& round);
// Blocks until the deadline at most. Never inside a transaction.
LoginAnswer call_state(const Desk& desk, const LoginRound& round, const std::string& request_id,
                       const std::string& locale);
// Writes what came of it. When the attempt was cancelled meanwhile, a session that was opened is ended.
Result<AttemptView> settle_round(const Desk& desk, LoginRound& round, LoginAnswer answer,
                                 const std::string& locale);

}  // namespace casebridge::desk
