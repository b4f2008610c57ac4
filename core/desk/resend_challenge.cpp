// A resend is a step like any other, without a try: claimed, called, settled.
#include "core/desk/resend_challenge.hpp"

#include <algorithm>

#include "core/desk/login_round.hpp"
#include "core/desk/read_link_attempt.hpp"

namespace casebridge::desk {
namespace {

Result<LoginRound> claim(const Desk& desk, ports::Transaction& tx, const AccountId& account,
                         const ResendChallenge& input) {
  CASEBRIDGE_TRY(auto found, tx.attempts().find(account, input.attempt));
  if (!found) return trouble(TroubleCode::not_found, "link attempt");
  if (found->state == "expired") return trouble(TroubleCode::challenge_expired);
  if (found->state != "challenge" || found->challenge_id != input.challenge_id || found->seq != input.seq) {
    return trouble(TroubleCode::challenge_out_of_order);
  }
  CASEBRIDGE_TRY(LoginRound round, open_round(desk, std::move(*found)));
  if (!round.shown.spec.resend_allowed || round.at_form) {
    return trouble(TroubleCode::not_supported, "this challenge cannot be sent again");
  }
  if (round.shown.spec.resend_after && desk.clock.now() < *round.shown.spec.resend_after) {
    Trouble early = trouble(TroubleCode::resend_too_early);
    early.retry_at = round.shown.spec.resend_after;
    return early;
  }
  const auto ways = round.shown.spec.channels.value_or(std::vector<std::string>{});
  if (!input.channel.empty() && std::find(ways.begin(), ways.end(), input.channel) == ways.end())
    return field_trouble("channel", "is not offered by this challenge");
  CASEBRIDGE_CHECK(claim_round(desk, tx, round));
  round.answer.resend = true;
  if (!input.channel.empty()) round.answer.fields.emplace("channel", SecretBytes::copy_of(input.channel));
  return round;
}

}  // namespace

Result<AttemptView> resend_challenge(const Desk& desk, const model::Caller& caller,
                                     const ResendChallenge& input) {
  CASEBRIDGE_TRY([[maybe_unused]] const AttemptView now, read_link_attempt(desk, caller, input.attempt));
  std::optional<LoginRound> round;
  const Result<void> written = desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(round, claim(desk, tx, caller.account, input));
    return {};
  });
  if (!written) {
    if (written.error().code == TroubleCode::version_conflict)
      return trouble(TroubleCode::challenge_out_of_order);
    return written.error();
  }
  LoginAnswer answer = call_state(desk, *round, input.request_id, caller.locale);
  return settle_round(desk, *round, std::move(answer), caller.locale);
}

}  // namespace casebridge::desk
