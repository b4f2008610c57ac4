// ResendChallenge: asks the state to send its code once more.
#pragma once

#include "core/desk/attempt_view.hpp"
#include "core/desk/desk.hpp"
#include "core/model/caller.hpp"

namespace casebridge::desk {

struct ResendChallenge {
  LinkAttemptId attempt;
  std::string challenge_id;
  std::int64_t seq = 0;
  std::string channel{};  // one of the challenge's; empty: as before
  std::string request_id{};
};

// Troubles as of answer_challenge; invalid_field (channel) when the challenge offers no such way;
// resend_too_early (retry_at) without a call when the state's pause is not over; not_supported when the
// challenge cannot be sent again. The challenge keeps its id; seq moves.
Result<AttemptView> resend_challenge(const Desk&, const model::Caller&, const ResendChallenge&);

}  // namespace casebridge::desk
