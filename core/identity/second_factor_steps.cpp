// The steps that test a second factor, and what a session is given for. What a flow was shown stays with that
// flow: nothing of it is kept with the account or the browser.
#include <algorithm>
#include <optional>
#include <utility>

#include "core/identity/flows.hpp"
#include "core/identity/recovery_codes.hpp"
#include "core/identity/totp.hpp"

namespace casebridge::identity {

// For whom wrong codes are counted: a browser that the account knows, or everybody else. Whoever guesses with
// a stolen password does not keep the owner out. Of an operator all count together.
Result<std::string> Flows::factor_subject(ports::Transaction& tx, const Attempt& attempt,
                                          const ports::Account& account) const {
  if (account.is_operator()) return account.id.text();
  CASEBRIDGE_TRY(const auto device, find_device(tx.devices(), account.id, attempt.device, attempt.now));
  return device ? "device\n" + device->id.text() : account.id.text();
}

// Both ways of a second factor are counted apart from each other, and together by address.
Result<Flows::FactorTry> Flows::spend_factor_try(ports::Transaction& tx, const Attempt& attempt,
                                                 const ThrottleRule& rule) const {
  const ThrottleRules& rules = parts_.settings.throttle;
  const std::string address = counted_address(attempt.origin.address);
  FactorTry made;
  CASEBRIDGE_TRY(made.account, tx.accounts().find(*attempt.flow.account));
  const std::int64_t proved = attempt.data.proved_version;
  if (!made.account || (proved != 0 && proved != made.account->credential_version))
    return trouble(TroubleCode::flow_expired, "the password was changed meanwhile");
  CASEBRIDGE_TRY(const Spent by_address,
                 throttle_.spend(tx.throttles(), rules.address, address, attempt.now));
  if (!by_address.allowed) return rate_limited(by_address);
  CASEBRIDGE_TRY(const std::string subject, factor_subject(tx, attempt, *made.account));
  CASEBRIDGE_TRY(const Spent from_there, throttle_.spend(tx.throttles(), rules.account_and_address,
                                                         "factor\n" + subject + "\n" + address, attempt.now));
  if (!from_there.allowed) return made;
  const ThrottleRule own = rule_for(*made.account, rule, parts_.settings.operators);
  CASEBRIDGE_TRY(const Spent by_subject, throttle_.spend(tx.throttles(), own, subject, attempt.now));
  made.allowed = by_subject.allowed;
  return made;
}

// Somebody who knows the password, reads the mail or has a session stood here: the owner should know.
Result<void> Flows::note_wrong_factor(ports::Transaction& tx, const Attempt& attempt,
                                      const ports::Account& account) const {
  CASEBRIDGE_CHECK(tell(tx, attempt, account.id, "second_factor_refused", attempt.flow.step));
  CASEBRIDGE_TRY(const Spent notices, throttle_.spend(tx.throttles(), parts_.settings.throttle.factor_notices,
                                                      account.id.text(), attempt.now));
  if (!notices.allowed) return {};
  return alerts_.send(tx, account, "second_factor_refused", attempt.now);
}

// Another way to show the second factor; counts as no try, and changes nothing else.
Result<FlowView> Flows::turn_to(Attempt& attempt, const std::string& step) {
  attempt.flow.step = step;
  if (step == "passkey") {
    ask_anew(attempt.data, attempt.now);
    attempt.flow.data = write_flow_data(attempt.data);
  }
  std::optional<ports::Flow> after;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    ports::Flow flow = attempt.flow;
    CASEBRIDGE_CHECK(advance(tx, flow));
    after = std::move(flow);
    return {};
  }));
  return view_of(*after);
}

Result<FlowView> Flows::submit_app_code(Attempt& attempt) {
  if (attempt.fields.contains("use_recovery_code")) return turn_to(attempt, "recovery_code");
  if (attempt.fields.contains("use_passkey")) return turn_to(attempt, "passkey");
  std::optional<ports::Flow> after;
  std::optional<SignedIn> signed_in;
  bool passed = false;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    passed = false;
    CASEBRIDGE_TRY(const FactorTry made, spend_factor_try(tx, attempt, parts_.settings.throttle.app_codes));
    CASEBRIDGE_CHECK(check_begun_by(tx, attempt));
    CASEBRIDGE_TRY(const std::optional<ports::TotpApp> app, tx.factors().find_totp(made.account->id));
    std::optional<std::int64_t> step;
    if (app) {
      CASEBRIDGE_TRY(const SecretBytes secret,
                     parts_.vault.open(app->sealed_secret, place_of_totp(app->account, app->added_at)));
      step = totp_step_of(secret, attempt.fields.at("code"), attempt.now, parts_.settings.totp_steps_around);
    }
    if (step && made.allowed) {
      CASEBRIDGE_TRY(passed, tx.factors().take_totp_step(made.account->id, *step));
    }
    ports::Flow flow = attempt.flow;
    if (passed) {
      CASEBRIDGE_TRY(signed_in, pass_second_factor(tx, attempt, flow, *made.account));
    } else {
      CASEBRIDGE_CHECK(note_wrong_factor(tx, attempt, *made.account));
      CASEBRIDGE_CHECK(advance(tx, flow));
    }
    after = std::move(flow);
    return {};
  }));
  if (!passed) return refused(*after, TroubleCode::code_refused, "flow.second_factor.refused");
  FlowView view = view_of(*after);
  view.outcome = std::move(signed_in);
  return view;
}

// The hash is made outside of any transaction, once, whether there is a code to compare with or not.
Result<FlowView> Flows::submit_recovery_code(Attempt& attempt) {
  if (attempt.fields.contains("use_app")) return turn_to(attempt, "second_factor");
  if (attempt.fields.contains("use_passkey")) return turn_to(attempt, "passkey");
  CASEBRIDGE_TRY(const PasswordHasher::Place place, parts_.hasher.admit());
  FactorTry made;
  std::vector<ports::RecoveryCode> unused;
  std::optional<ports::Flow> after;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(made, spend_factor_try(tx, attempt, parts_.settings.throttle.recovery_codes));
    CASEBRIDGE_TRY(unused, tx.factors().unused_recovery_codes(made.account->id));
    ports::Flow flow = attempt.flow;
    CASEBRIDGE_CHECK(advance(tx, flow));
    after = std::move(flow);
    return {};
  }));
  attempt.flow = std::move(*after);
  CASEBRIDGE_TRY(const std::optional<ports::RecoveryCode> code,
                 find_recovery_code(parts_.hasher, place, unused, attempt.fields.at("recovery_code")));
  std::optional<SignedIn> signed_in;
  bool passed = false;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    passed = false;
    CASEBRIDGE_CHECK(check_begun_by(tx, attempt));
    if (code && made.allowed) {
      CASEBRIDGE_TRY(passed, tx.factors().use_recovery_code(*code, attempt.now));
    }
    ports::Flow flow = attempt.flow;
    if (!passed) return note_wrong_factor(tx, attempt, *made.account);
    CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(made.account->id));
    if (!account || account->credential_version != made.account->credential_version)
      return trouble(TroubleCode::flow_expired, "the password was changed meanwhile");
    CASEBRIDGE_CHECK(tell(tx, attempt, account->id, "recovery_code_used"));
    CASEBRIDGE_TRY(signed_in, pass_second_factor(tx, attempt, flow, *account));
    after = std::move(flow);
    return alerts_.send(tx, *account, "recovery_code_used", attempt.now,
                        {{"left", std::to_string(unused.size() - 1)}});
  }));
  if (!passed) return refused(attempt.flow, TroubleCode::code_refused, "flow.second_factor.refused");
  FlowView view = view_of(*after);
  view.outcome = std::move(signed_in);
  return view;
}

// On to the second factor where the account has one, else to the end.
Result<std::optional<SignedIn>> Flows::pass_first_factor(ports::Transaction& tx, const Attempt& attempt,
                                                         ports::Flow& flow,
                                                         const ports::Account& account) const {
  if (!find_flow_kind(flow.kind)->gives_session) {
    CASEBRIDGE_CHECK(end(tx, flow));
    return std::optional<SignedIn>();
  }
  FlowData data = attempt.data;
  CASEBRIDGE_TRY(const std::string step, second_step(tx, account.id, data, attempt.now));
  if (step.empty()) return finish_sign_in(tx, attempt, flow, account, model::Assurance::password);
  data.proved_version = account.credential_version;
  flow.data = write_flow_data(data);
  flow.step = step;
  flow.expires_at = std::min(flow.expires_at, attempt.now + parts_.settings.second_factor_life);
  CASEBRIDGE_CHECK(advance(tx, flow));
  return std::optional<SignedIn>();
}

Result<std::optional<SignedIn>> Flows::pass_second_factor(ports::Transaction& tx, const Attempt& attempt,
                                                          ports::Flow& flow,
                                                          const ports::Account& account) const {
  const ThrottleRules& rules = parts_.settings.throttle;
  CASEBRIDGE_TRY(const std::string subject, factor_subject(tx, attempt, account));
  for (const ThrottleRule& rule : {rules.app_codes, rules.recovery_codes})
    CASEBRIDGE_CHECK(throttle_.forgive(tx.throttles(), rule, subject, attempt.now));
  if (flow.kind == "reset_password") {
    FlowData data = attempt.data;
    data.second_factor = true;
    flow.data = write_flow_data(data);
    flow.step = "new_password";
    CASEBRIDGE_CHECK(advance(tx, flow));
    return std::optional<SignedIn>();
  }
  if (flow.kind == "lost_phone") {
    CASEBRIDGE_CHECK(offer_app(tx, attempt, flow, account, true));
    return std::optional<SignedIn>();
  }
  if (flow.kind != "step_up") return finish_sign_in(tx, attempt, flow, account, model::Assurance::two_factor);
  CASEBRIDGE_CHECK(tell(tx, attempt, account.id, "identity_confirmed"));
  CASEBRIDGE_CHECK(end(tx, flow));
  CASEBRIDGE_TRY(SignedIn renewed,
                 renew_session(tx, attempt, account, {model::Assurance::two_factor, attempt.now}));
  return std::optional<SignedIn>(std::move(renewed));
}

Result<std::optional<SignedIn>> Flows::finish_sign_in(ports::Transaction& tx, const Attempt& attempt,
                                                      ports::Flow& flow, const ports::Account& account,
                                                      model::Assurance assurance) const {
  CASEBRIDGE_CHECK(end(tx, flow));
  // Whoever has shown a second factor has not lost it.
  if (assurance == model::Assurance::two_factor)
    CASEBRIDGE_CHECK(call_off(tx, attempt, account, hold_lost_phone));
  // Whoever signs in again in the same browser leaves no second session behind.
  if (attempt.caller)
    CASEBRIDGE_CHECK(tx.sessions().remove(attempt.caller->account, attempt.caller->session));
  CASEBRIDGE_CHECK(tell(tx, attempt, account.id, "signed_in"));
  CASEBRIDGE_CHECK(tx.accounts().note_sign_in(account.id, attempt.now));
  CASEBRIDGE_TRY(SignedIn opened,
                 open_session(tx.sessions(), account, flow.transport, {assurance, attempt.now},
                              attempt.origin, attempt.now, parts_.settings.sessions));
  CASEBRIDGE_CHECK(note_device(tx, attempt, account, opened));
  return std::optional<SignedIn>(std::move(opened));
}

// A whole sign-in: the browser is known from now on, and the owner hears of one that was not. Programs with a
// bearer token keep no cookie, so they are strangers every time.
Result<void> Flows::note_device(ports::Transaction& tx, const Attempt& attempt, const ports::Account& account,
                                SignedIn& opened) const {
  if (opened.session.transport == "cookie") {
    CASEBRIDGE_TRY(RememberedDevice device,
                   remember_device(tx.devices(), account.id, attempt.device, attempt.origin, attempt.now,
                                   parts_.settings.devices));
    opened.device = std::move(device.cookie);
    if (device.was_known) return {};
  }
  CASEBRIDGE_TRY(const Spent notices, throttle_.spend(tx.throttles(), parts_.settings.throttle.device_notices,
                                                      account.id.text(), attempt.now));
  if (!notices.allowed) return {};
  return alerts_.send(tx, account, "new_device", attempt.now,
                      {{"network", opened.session.address.empty() ? "-" : opened.session.address}});
}

// A new token in the place of the caller's: as long as the old one would have lived, and carried as it was.
Result<SignedIn> Flows::renew_session(ports::Transaction& tx, const Attempt& attempt,
                                      const ports::Account& account, const SessionProof& proof) const {
  CASEBRIDGE_TRY(const std::optional<ports::Session> old, session_of(tx.sessions(), *attempt.caller));
  if (!old) return trouble(TroubleCode::token_invalid);
  CASEBRIDGE_CHECK(tx.sessions().remove(account.id, old->id));
  return open_session(tx.sessions(), account, old->transport, {proof.assurance, proof.at, old->absolute_end},
                      attempt.origin, attempt.now, parts_.settings.sessions);
}

}  // namespace casebridge::identity
