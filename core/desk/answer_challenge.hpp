// AnswerChallenge: passes a parent's answer to the state, under the lock-out guard, exactly once.
#pragma once

#include "core/desk/attempt_view.hpp"
#include "core/desk/desk.hpp"
#include "core/model/caller.hpp"

namespace casebridge::desk {

struct AnswerChallenge {
  LinkAttemptId attempt;
  std::string challenge_id;
  std::int64_t seq = 0;
  model::SecretFields fields;  // empty for kind action_needed ("I have done it")
  bool confirm_last_attempt = false;
  std::string request_id{};
};

// Troubles mean that nothing was sent to the state and nothing changed: not_found, challenge_out_of_order
// (wrong id or seq, a submission under way, an ended attempt), challenge_expired (attempt too old),
// invalid_field(name), credential_already_refused, challenge_lockout_risk (attempts_left 1), account_locked
// (retry_at), dependency_failed. Otherwise the view as it is after the state's answer; when view.trouble is
// set, the answer did not lead on: show the trouble with its own status, and the view beside it, because seq
// has moved.
Result<AttemptView> answer_challenge(const Desk&, const model::Caller&, AnswerChallenge);

}  // namespace casebridge::desk
