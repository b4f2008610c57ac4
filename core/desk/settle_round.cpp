// Writes what a state's answer to one step of a sign-in means for the attempt.
#include <algorithm>

#include "core/desk/finish_link.hpp"
#include "core/desk/guess_limit.hpp"
#include "core/desk/job_codec.hpp"
#include "core/desk/jobs.hpp"
#include "core/desk/letter_watch.hpp"
#include "core/desk/login_round.hpp"
#include "core/desk/secret_frame.hpp"
#include "core/desk/state_session.hpp"
#include "core/desk/tell.hpp"
#include "core/model/adapter_codec.hpp"

namespace casebridge::desk {
namespace {

constexpr std::chrono::days letter_life_max{60};

// One settling: the row on its way to its next version, inside one transaction.
class Settling {
 public:
  Settling(const Desk& desk, ports::Transaction& tx, const LoginRound& round, ports::LinkAttempt& row)
      : desk_(desk), tx_(tx), round_(round), row_(row) {}

  Result<void> done(const model::AuthDone& done) {
    CASEBRIDGE_CHECK(book_success(tx_, try_of(round_)));
    CASEBRIDGE_TRY(sync_, finish_link(desk_, tx_, round_, row_, done));
    return {};
  }

  Result<void> challenged(const model::AuthChallenge& next) {
    const OpenChallenge challenge{next.challenge, {}, {}, {}};
    // Whether a letter comes is known in days, so an order for one stays counted.
    if (!is_enrolment(row_) || !is_letter(challenge)) CASEBRIDGE_CHECK(password_was_right());
    if (!round_.answer.resend) row_.challenge_id = ChallengeId::make(desk_.clock.now()).text();
    row_.second_step_seen = true;
    // A letter takes longer than the life of an attempt; the state, or its adapter, says how long it is good
    // for.
    if (is_letter(challenge)) {
      if (next.challenge.expires_at) stay_open_until(*next.challenge.expires_at);
      CASEBRIDGE_CHECK(queue_letter_watch(desk_, tx_, row_));
    }
    return show(challenge, next.resume);
  }

  // The parent has to do something at the state; afterwards the sign-in begins again.
  Result<void> sent_away(const model::AuthAction& action) {
    CASEBRIDGE_CHECK(password_was_right());
    OpenChallenge challenge;
    challenge.spec.kind = "action_needed";
    challenge.spec.prompt_key = "challenge.action_needed." + action.kind;
    challenge.action = action.kind;
    if (action.url.starts_with("https://")) challenge.action_url = action.url;
    row_.challenge_id = ChallengeId::make(desk_.clock.now()).text();
    return show(challenge, {});
  }

  Result<void> postponed(const model::Pending& pending, const std::string& locale) {
    row_.state = "waiting";
    const SecretBytes answer = model::encode(round_.answer);
    CASEBRIDGE_CHECK(seal_resume(
        desk_, row_, join_secrets({pending.resume.reveal(), round_.resume.reveal(), answer.reveal()})));
    if (!round_.begin.fields.empty()) {
      CASEBRIDGE_CHECK(seal_credential(desk_, row_, model::encode(round_.begin)));
    }
    stay_open_until(pending.not_before + desk_.settings.attempt_life_s);
    const Instant now = desk_.clock.now();
    const ResumeAttemptPayload payload{row_.account.text(), locale};
    const ports::Job job{JobId::make(now), std::string(job_resume_attempt),   row_.id.text(),
                         encode(payload),  std::max(now, pending.not_before), 0};
    CASEBRIDGE_TRY([[maybe_unused]] const bool made, tx_.jobs().enqueue(job));
    return {};
  }

  Result<void> failed(const Trouble& why) {
    set_trouble(row_, why);
    const bool from_state = why.row().category == "source" || why.row().category == "capacity";
    if (round_.answer.resend && from_state) return show(round_.shown, round_.resume);
    switch (why.code) {
      case TroubleCode::credential_refused: return refused(why);
      case TroubleCode::challenge_wrong_answer: return wrong_answer(why);
      case TroubleCode::challenge_expired: return step_ended();
      case TroubleCode::account_locked:
        CASEBRIDGE_CHECK(book_lock(desk_, tx_, try_of(round_), why));
        return back_to_form();
      case TroubleCode::identity_mismatch:
        if (is_enrolment(row_)) return refused(why);
        [[fallthrough]];
      case TroubleCode::credential_expired: CASEBRIDGE_CHECK(give_back()); return back_to_form();
      case TroubleCode::resend_too_early: {
        OpenChallenge same = round_.shown;
        same.spec.resend_after = why.retry_at;
        return show(same, round_.resume);
      }
      // Not looked at by the state, so the same step may be tried again.
      case TroubleCode::overloaded:
      case TroubleCode::source_rate_limited:
      case TroubleCode::source_maintenance:
      case TroubleCode::invalid_field:
        CASEBRIDGE_CHECK(give_back());
        return round_.at_form ? back_to_form() : show(round_.shown, round_.resume);
      default:
        if (!may_have_counted(why)) CASEBRIDGE_CHECK(give_back());
        // A letter that took weeks to come is not thrown away because a state was silent for a moment.
        return is_letter(round_.shown) ? show(round_.shown, round_.resume) : back_to_form();
    }
  }

  const std::optional<SyncId>& sync() const { return sync_; }

 private:
  void stay_open_until(Instant end) {
    row_.expires_at = std::max(row_.expires_at, std::min(end, desk_.clock.now() + letter_life_max));
  }
  Result<void> give_back() { return round_.at_form ? give_back_try(tx_, try_of(round_)) : Result<void>{}; }
  Result<void> password_was_right() { return give_back(); }

  Result<void> refused(const Trouble& why) {
    CASEBRIDGE_CHECK(book_refusal(desk_, tx_, try_of(round_), why));
    CASEBRIDGE_CHECK(tell_refusal(desk_, tx_, "credential_refused", row_.account,
                                  {{"attempt", row_.id.text()}, {"system", row_.system}}));
    CASEBRIDGE_CHECK(back_to_form());
    OpenChallenge form = round_.shown;
    if (!round_.at_form) {
      CASEBRIDGE_TRY(form, decode_open_challenge(row_.challenge));
    } else {
      row_.challenge_id = kept_id_;
    }
    form.spec.attempts_left = why.attempts_left;
    row_.challenge = encode(form);
    return {};
  }

  Result<void> wrong_answer(const Trouble& why) {
    if (round_.at_form) return refused(why);
    OpenChallenge same = round_.shown;
    same.spec.attempts_left = why.attempts_left;
    return show(same, round_.resume);
  }

  Result<void> step_ended() {
    // It ended by the last wrong answer, not by its age.
    if (round_.shown.spec.attempts_left == 1 && !round_.answer.resend) {
      CASEBRIDGE_CHECK(book_failed_step(desk_, tx_, try_of(round_)));
    }
    return back_to_form();
  }

  Result<void> back_to_form() {
    open_form(row_, *round_.system, desk_.clock.now());
    return {};
  }

  Result<void> show(const OpenChallenge& challenge, const SecretBytes& resume) {
    row_.state = "challenge";
    row_.challenge = encode(challenge);
    CASEBRIDGE_CHECK(seal_resume(desk_, row_, resume));
    const bool keep = row_.custody == "vaulted" && !resume.empty() && !round_.begin.fields.empty();
    return seal_credential(desk_, row_, keep ? model::encode(round_.begin) : SecretBytes{});
  }

  const Desk& desk_;
  ports::Transaction& tx_;
  const LoginRound& round_;
  ports::LinkAttempt& row_;
  const std::string kept_id_ = round_.row.challenge_id;
  std::optional<SyncId> sync_;
};

Result<void> apply(Settling& settling, const LoginAnswer& answer, const std::string& locale) {
  if (!answer) return settling.failed(answer.error());
  if (const auto* pending = std::get_if<model::Pending>(&*answer))
    return settling.postponed(*pending, locale);
  const model::AuthStep& step = std::get<model::AuthStep>(*answer);
  if (const auto* done = std::get_if<model::AuthDone>(&step)) return settling.done(*done);
  if (const auto* next = std::get_if<model::AuthChallenge>(&step)) return settling.challenged(*next);
  return settling.sent_away(std::get<model::AuthAction>(step));
}

// The attempt went on without this answer: cancelled, or given up because it took too long. What the state
// counted and what it opened is true all the same.
Result<void> drop(const Desk& desk, ports::Transaction& tx, const LoginRound& round,
                  const LoginAnswer& answer) {
  if (!answer) {
    const Trouble& why = answer.error();
    if (why.code == TroubleCode::credential_refused) return book_refusal(desk, tx, try_of(round), why);
    if (why.code == TroubleCode::account_locked) return book_lock(desk, tx, try_of(round), why);
    return {};
  }
  if (std::holds_alternative<model::Pending>(*answer)) return {};
  const auto* done = std::get_if<model::AuthDone>(&std::get<model::AuthStep>(*answer));
  if (done == nullptr) return {};
  CASEBRIDGE_CHECK(book_success(tx, try_of(round)));
  CASEBRIDGE_TRY(
      [[maybe_unused]] const JobId job,
      queue_session_end(desk, tx, round.row.account, round.row.system, done->session, desk.clock.now()));
  return {};
}

// A form that was refused stays counted against its account; with "not yet" that is still open.
Result<void> settle_guess(const Desk& desk, ports::Transaction& tx, const LoginRound& round,
                          const LoginAnswer& answer) {
  if (!round.at_form) return {};
  const bool open = answer && std::holds_alternative<model::Pending>(*answer);
  const bool refused =
      !answer && (answer.error().code == TroubleCode::credential_refused ||
                  answer.error().code == TroubleCode::challenge_wrong_answer ||
                  answer.error().code == TroubleCode::account_locked ||
                  (is_enrolment(round.row) && answer.error().code == TroubleCode::identity_mismatch));
  if (open || refused) return {};
  return give_back_guess(desk, tx, round.row.account, round.row.system);
}

}  // namespace

Result<AttemptView> settle_round(const Desk& desk, LoginRound& round, LoginAnswer answer,
                                 const std::string& locale) {
  std::optional<AttemptView> view;
  const Result<void> written = desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(auto found, tx.attempts().find(round.row.account, round.row.id));
    if (!found) return trouble(TroubleCode::not_found, "link attempt");
    CASEBRIDGE_CHECK(settle_guess(desk, tx, round, answer));
    ports::LinkAttempt row = std::move(*found);
    if (row.version != round.row.version) {
      view = view_of(desk, row);
      return drop(desk, tx, round, answer);
    }
    row.version += 1;
    Settling settling(desk, tx, round, row);
    CASEBRIDGE_CHECK(apply(settling, answer, locale));
    CASEBRIDGE_CHECK(tx.attempts().update(row));
    view = view_of(desk, row, settling.sync());
    return {};
  });
  if (!written) return written.error();
  if (desk.wake_jobs) desk.wake_jobs();
  return std::move(*view);
}

}  // namespace casebridge::desk
