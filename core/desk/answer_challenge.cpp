// Claims the step, calls the state outside of any transaction, settles. A try is reserved before it is used.
#include "core/desk/answer_challenge.hpp"

#include "core/desk/check_fields.hpp"
#include "core/desk/guess_limit.hpp"
#include "core/desk/login_round.hpp"
#include "core/desk/read_link_attempt.hpp"

namespace casebridge::desk {
namespace {

Result<void> check_turn(const AttemptView& view, const std::string& challenge_id, std::int64_t seq) {
  if (view.state == "expired") return trouble(TroubleCode::challenge_expired);
  if (!view.challenge || view.challenge->id != challenge_id || view.challenge->seq != seq) {
    return trouble(TroubleCode::challenge_out_of_order);
  }
  return {};
}

// "I have done it": no state is asked, the sign-in begins again.
Result<AttemptView> go_back_to_form(const Desk& desk, ports::Transaction& tx, LoginRound& round) {
  round.row.version += 1;
  round.row.seq += 1;
  open_form(round.row, *round.system, desk.clock.now());
  clear_trouble(round.row);
  CASEBRIDGE_CHECK(tx.attempts().update(round.row));
  return view_of(desk, round.row);
}

Result<void> guard_form(const Desk& desk, ports::Transaction& tx, LoginRound& round,
                        const model::AuthBegin& typed, bool confirmed) {
  const Try one = is_enrolment(round.row) ? enrolment_try(desk, *round.system, round.row.account)
                                          : try_of(desk, *round.system, typed);
  CASEBRIDGE_CHECK(reserve_try(desk, tx, one, confirmed));
  CASEBRIDGE_CHECK(reserve_guess(desk, tx, round.row.account, round.row.system));
  round.row.identity_digest = one.identity_digest;
  round.row.credential_digest = one.credential_digest;
  return {};
}

Result<void> guard_step(const LoginRound& round, bool confirmed) {
  if (round.shown.spec.attempts_left.value_or(2) > 1 || confirmed) return {};
  Trouble risk = trouble(TroubleCode::challenge_lockout_risk);
  risk.attempts_left = round.shown.spec.attempts_left;
  risk.remedy_action = "confirm_last_attempt";
  return risk;
}

struct Claimed {
  std::optional<LoginRound> round;
  std::optional<AttemptView> settled;  // when no call is needed
};

// `typed` stays as it is: a transaction may run twice.
Result<Claimed> claim(const Desk& desk, ports::Transaction& tx, const AccountId& account,
                      const AnswerChallenge& input, model::AuthBegin& typed) {
  CASEBRIDGE_TRY(auto found, tx.attempts().find(account, input.attempt));
  if (!found) return trouble(TroubleCode::not_found, "link attempt");
  CASEBRIDGE_CHECK(check_turn(view_of(desk, *found), input.challenge_id, input.seq));
  CASEBRIDGE_TRY(LoginRound round, open_round(desk, std::move(*found)));
  CASEBRIDGE_CHECK(check_fields(round.shown.spec.fields, typed.fields));
  Claimed claimed;
  if (round.shown.spec.kind == "action_needed") {
    CASEBRIDGE_TRY(claimed.settled, go_back_to_form(desk, tx, round));
    return claimed;
  }
  if (round.at_form) {
    typed.credential_kind = first_form(round.row, *round.system).credential_kind;
    CASEBRIDGE_CHECK(guard_form(desk, tx, round, typed, input.confirm_last_attempt));
  } else {
    CASEBRIDGE_CHECK(guard_step(round, input.confirm_last_attempt));
  }
  CASEBRIDGE_CHECK(claim_round(desk, tx, round));
  claimed.round = std::move(round);
  return claimed;
}

}  // namespace

Result<AttemptView> answer_challenge(const Desk& desk, const model::Caller& caller, AnswerChallenge input) {
  // What time did to the attempt is written first, because a refusal below undoes its own transaction.
  CASEBRIDGE_TRY(const AttemptView now, read_link_attempt(desk, caller, input.attempt));
  CASEBRIDGE_CHECK(check_turn(now, input.challenge_id, input.seq));
  model::AuthBegin typed{{}, std::move(input.fields)};
  Claimed claimed;
  const Result<void> written = desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(claimed, claim(desk, tx, caller.account, input, typed));
    return {};
  });
  if (!written) {
    // Somebody else's submission of the same step came first.
    if (written.error().code == TroubleCode::version_conflict)
      return trouble(TroubleCode::challenge_out_of_order);
    return written.error();
  }
  if (claimed.settled) return std::move(*claimed.settled);
  LoginRound& round = *claimed.round;
  if (round.at_form) {
    round.begin = std::move(typed);
  } else {
    round.answer.fields = std::move(typed.fields);
  }
  LoginAnswer answer = call_state(desk, round, input.request_id, caller.locale);
  return settle_round(desk, round, std::move(answer), caller.locale);
}

}  // namespace casebridge::desk
