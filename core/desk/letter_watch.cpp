// The state is asked outside of any transaction; its answer is left aside when the attempt went on meanwhile.
#include "core/desk/letter_watch.hpp"

#include <algorithm>

#include "core/desk/attempt_row.hpp"
#include "core/desk/job_codec.hpp"
#include "core/desk/lockout_guard.hpp"
#include "core/desk/login_round.hpp"
#include "core/identity/addressees.hpp"

namespace casebridge::desk {
namespace {

using identity::LetterMail;

constexpr std::chrono::hours busy_pause{1};  // while an answer of the parent is with the state

// What the state says unasked; nullopt: nothing, or nothing that would be sure.
std::optional<LoginAnswer> ask(const Desk& desk, const ports::LinkAttempt& row, const ports::Job& job) {
  ports::StateAdapter* adapter = desk.systems.adapter(row.system);
  if (adapter == nullptr || desk.systems.maintenance_end(row.system, desk.clock.now())) return std::nullopt;
  const auto resume = open_resume(desk, row);
  if (!resume) return std::nullopt;
  const ports::CallContext context{Deadline{desk.settings.login_timeout_ms}, job.id.text()};
  return adapter->auth_continue(context, *resume, {});
}

// The answers that end the waiting; any other trouble may be over at the next look.
const Trouble* end_in(const std::optional<LoginAnswer>& answer) {
  if (!answer || *answer) return nullptr;
  const Trouble& why = answer->error();
  const bool over = why.code == TroubleCode::identity_mismatch || why.code == TroubleCode::challenge_expired;
  return over ? &why : nullptr;
}

const model::AuthChallenge* challenge_in(const std::optional<LoginAnswer>& answer) {
  if (!answer || !*answer) return nullptr;
  const auto* step = std::get_if<model::AuthStep>(&**answer);
  const auto* next = step != nullptr ? std::get_if<model::AuthChallenge>(step) : nullptr;
  return next != nullptr && next->challenge.kind == "mailed_code" ? next : nullptr;
}

// One look, inside one transaction.
class Look {
 public:
  Look(const Desk& desk, const identity::AccountMail& mail, ports::Transaction& tx, ports::LinkAttempt& row,
       WatchLetterPayload& payload)
      : desk_(desk), mail_(mail), tx_(tx), row_(row), payload_(payload) {}

  Result<JobEnd> too_late() {
    next_version();
    end_attempt(row_, "expired");
    CASEBRIDGE_CHECK(tell(LetterMail::too_late));
    CASEBRIDGE_CHECK(tx_.attempts().update(row_));
    return JobEnd{};
  }

  // The parent finds the form again, and why.
  Result<JobEnd> ended(const ports::SystemInfo& system, const Trouble& why) {
    if (why.code == TroubleCode::identity_mismatch && is_enrolment(row_)) {
      const Try one{&system, row_.identity_digest, row_.credential_digest};
      CASEBRIDGE_CHECK(book_refusal(desk_, tx_, one, why));
    }
    next_version();
    open_form(row_, system, now_);
    set_trouble(row_, why);
    CASEBRIDGE_CHECK(tell(LetterMail::news));
    CASEBRIDGE_CHECK(tx_.attempts().update(row_));
    return JobEnd{};
  }

  // The same challenge, with other words or another end. Whoever is typing just now is not disturbed.
  Result<void> stands(const OpenChallenge& shown, const model::AuthChallenge& told) {
    OpenChallenge now = shown;
    now.spec.prompt_key = told.challenge.prompt_key;
    if (told.challenge.expires_at) now.spec.expires_at = told.challenge.expires_at;
    if (encode(now) == encode(shown)) return {};
    row_.version += 1;
    row_.challenge = encode(now);
    CASEBRIDGE_CHECK(seal_resume(desk_, row_, told.resume));
    return tx_.attempts().update(row_);
  }

  // However long nobody looked, there is one mail about it and not one for each week.
  Result<JobEnd> remind() {
    const Settings& settings = desk_.settings;
    const auto weeks = (now_ - payload_.since) / settings.letter_reminder_s;
    const int due = static_cast<int>(std::min<std::int64_t>(weeks, settings.letter_reminders_max));
    if (due > payload_.reminders) {
      CASEBRIDGE_CHECK(tell(LetterMail::awaited));
      payload_.reminders = due;
    }
    const Instant next_mail = payload_.since + settings.letter_reminder_s * (payload_.reminders + 1);
    const Instant again = std::min(now_ + settings.letter_look_s, row_.expires_at);
    const bool more = payload_.reminders < settings.letter_reminders_max;
    return JobEnd{more ? std::min(again, next_mail) : again, encode(payload_)};
  }

 private:
  void next_version() {
    row_.version += 1;
    row_.seq += 1;
  }

  Result<void> tell(LetterMail what) {
    CASEBRIDGE_TRY(const auto account, tx_.accounts().find(row_.account));
    if (!account || !account->email_verified_at) return {};
    // A parent who stopped everything finds the news on the page.
    CASEBRIDGE_TRY(const auto stopped, tx_.safety().stopped_at(row_.account));
    if (stopped) return {};
    const ports::SystemInfo* system = desk_.systems.find(row_.system);
    const auto local =
        system != nullptr ? model::Date::in_zone(row_.expires_at, system->time_zone) : std::nullopt;
    const model::Date until = local.value_or(model::Date::utc(row_.expires_at));
    CASEBRIDGE_TRY(const auto addressees,
                   identity::addressees_of(tx_, *account, now_, identity::About::affairs));
    for (const identity::Addressee& to : addressees)
      CASEBRIDGE_CHECK(mail_.queue_letter(tx_.mails(), to, what, until, now_));
    return {};
  }

  const Desk& desk_;
  const identity::AccountMail& mail_;
  ports::Transaction& tx_;
  ports::LinkAttempt& row_;
  WatchLetterPayload& payload_;
  const Instant now_ = desk_.clock.now();
};

// `seen` is the attempt as it was when the state was asked.
Result<JobEnd> settle(const Desk& desk, const identity::AccountMail& mail, ports::Transaction& tx,
                      const ports::LinkAttempt& seen, const std::optional<LoginAnswer>& answer,
                      WatchLetterPayload payload) {
  const Instant now = desk.clock.now();
  CASEBRIDGE_TRY(auto found, tx.attempts().find(seen.account, seen.id));
  if (!found || has_ended(*found)) return JobEnd{};
  ports::LinkAttempt row = std::move(*found);
  if (row.challenge_id != payload.challenge) payload = {payload.account, row.challenge_id, now, 0};
  Look look(desk, mail, tx, row, payload);
  if (row.expires_at <= now) return look.too_late();
  if (row.version != seen.version || row.state != "challenge")
    return JobEnd{now + busy_pause, encode(payload)};
  CASEBRIDGE_TRY(const OpenChallenge shown, decode_open_challenge(row.challenge));
  if (!is_letter(shown)) return JobEnd{};
  const ports::SystemInfo* system = desk.systems.find(row.system);
  const Trouble* end = end_in(answer);
  if (end != nullptr && system != nullptr) return look.ended(*system, *end);
  if (const auto* told = challenge_in(answer)) CASEBRIDGE_CHECK(look.stands(shown, *told));
  return look.remind();
}

}  // namespace

Result<void> queue_letter_watch(const Desk& desk, ports::Transaction& tx, const ports::LinkAttempt& row) {
  const Instant now = desk.clock.now();
  const WatchLetterPayload payload{row.account.text(), row.challenge_id, now, 0};
  const ports::Job job{JobId::make(now), std::string(job_watch_letter),     row.id.text(),
                       encode(payload),  now + desk.settings.letter_look_s, 0};
  CASEBRIDGE_TRY([[maybe_unused]] const bool made, tx.jobs().enqueue(job));
  return {};
}

Result<JobEnd> watch_letter(const Desk& desk, const identity::AccountMail& mail, const ports::Job& job) {
  CASEBRIDGE_TRY(const WatchLetterPayload payload, decode_watch_letter(job.payload));
  const auto account = AccountId::parse(payload.account);
  const auto attempt = LinkAttemptId::parse(job.subject);
  if (!account || !attempt) return trouble(TroubleCode::internal, "job payload");
  std::optional<ports::LinkAttempt> seen;
  CASEBRIDGE_CHECK(desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(seen, tx.attempts().find(*account, *attempt));
    return {};
  }));
  if (!seen || has_ended(*seen)) return JobEnd{};
  std::optional<LoginAnswer> answer;
  const auto shown = decode_open_challenge(seen->challenge);
  const bool open = seen->state == "challenge" && desk.clock.now() < seen->expires_at;
  if (open && shown && is_letter(*shown)) answer = ask(desk, *seen, job);
  JobEnd end;
  CASEBRIDGE_CHECK(desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(end, settle(desk, mail, tx, *seen, answer, payload));
    return {};
  }));
  return end;
}

}  // namespace casebridge::desk
