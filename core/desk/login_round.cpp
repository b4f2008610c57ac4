// Opening, claiming and calling one step of a sign-in. What came of it is settle_round's.
#include "core/desk/login_round.hpp"

#include "core/desk/asserted_person.hpp"
#include "core/desk/tell.hpp"
#include "core/model/adapter_codec.hpp"

namespace casebridge::desk {

Result<LoginRound> open_round(const Desk& desk, ports::LinkAttempt row) {
  LoginRound round{std::move(row), {}, nullptr, {}, false, {}, {}, {}};
  round.system = desk.systems.find(round.row.system);
  if (round.system == nullptr) return trouble(TroubleCode::system_unknown);
  // Its form was taken out of the settings while somebody was typing.
  if (is_enrolment(round.row) && !round.system->enrolment) return trouble(TroubleCode::not_supported);
  CASEBRIDGE_TRY(round.shown, decode_open_challenge(round.row.challenge));
  round.at_form = round.shown.spec.kind == "credentials" && round.row.sealed_resume.empty();
  CASEBRIDGE_TRY(round.resume, open_resume(desk, round.row));
  CASEBRIDGE_TRY(const SecretBytes credential, open_credential(desk, round.row));
  if (!credential.empty()) {
    CASEBRIDGE_TRY(round.begin, model::decode_auth_begin(credential.reveal()));
  }
  return round;
}

Result<void> claim_round(const Desk& desk, ports::Transaction& tx, LoginRound& round) {
  OpenChallenge marked = round.shown;
  const auto wait_s = std::chrono::ceil<std::chrono::seconds>(desk.settings.login_timeout_ms);
  marked.verifying_until = desk.clock.now() + wait_s + desk.settings.login_grace_s;
  ports::LinkAttempt claimed = round.row;
  claimed.version += 1;
  claimed.seq += 1;
  claimed.state = "verifying";
  claimed.challenge = encode(marked);
  // Should this process die now, the step is lost on purpose: nobody can tell whether the state has seen it.
  // But a letter took days to come: its step is asked once more, and wrong codes are counted all the same.
  if (is_letter(round.shown)) {
    CASEBRIDGE_CHECK(seal_resume(desk, claimed, round.resume));
  } else {
    claimed.sealed_resume.clear();
  }
  // What was opened for this round has not left the gateway yet.
  if (!round.row.sealed_credential.empty())
    CASEBRIDGE_CHECK(
        tell(desk, tx, "credential_opened", round.row.account,
             {{"attempt", round.row.id.text()}, {"system", round.row.system}, {"purpose", "sign_in"}}));
  claimed.sealed_credential.clear();
  clear_trouble(claimed);
  CASEBRIDGE_CHECK(tx.attempts().update(claimed));
  round.row = std::move(claimed);
  return {};
}

Try try_of(const LoginRound& round) {
  return {round.system, round.row.identity_digest, round.row.credential_digest};
}

LoginAnswer call_state(const Desk& desk, const LoginRound& round, const std::string& request_id,
                       const std::string& locale) {
  ports::StateAdapter* adapter = desk.systems.adapter(round.row.system);
  if (adapter == nullptr) return trouble(TroubleCode::source_unavailable);
  ports::CallContext context{Deadline{desk.settings.login_timeout_ms}, request_id, locale, true};
  if (!round.pending.empty()) context.resume = &round.pending;
  context.person = asserted_person(desk, round.row.account, round.row.system);
  if (!round.at_form) return adapter->auth_continue(context, round.resume, round.answer);
  return is_enrolment(round.row) ? adapter->enrol_begin(context, round.begin)
                                 : adapter->auth_begin(context, round.begin);
}

}  // namespace casebridge::desk
