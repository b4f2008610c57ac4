// The steps that add and remove an authenticator app and make recovery codes. All of them need a session that
// has shown the account's strongest factor lately, and tell the owner by mail.
#include <optional>
#include <utility>

#include "core/identity/flows.hpp"
#include "core/identity/recovery_codes.hpp"
#include "core/identity/totp.hpp"

namespace casebridge::identity {

// Within the transaction that does what the session may do only with a fresh proof.
Result<void> Flows::check_fresh(ports::Transaction& tx, const Attempt& attempt) const {
  if (attempt.flow.kind == "lost_phone") return check_lost_phone(tx, attempt);
  CASEBRIDGE_CHECK(check_begun_by(tx, attempt));
  CASEBRIDGE_TRY(const auto account, tx.accounts().find(attempt.caller->account));
  if (!account) return trouble(TroubleCode::token_invalid);
  return check_step_up(tx.factors(), *attempt.caller, attempt.now, parts_.settings.step_up_age_of(*account));
}

// The app is there only when it has shown a code: a secret that was copied wrongly locks nobody out.
Result<FlowView> Flows::submit_add_app(Attempt& attempt) {
  CASEBRIDGE_TRY(const SecretBytes secret,
                 parts_.vault.open(attempt.data.sealed_secret, place_of_offered_totp(attempt.flow.id)));
  CASEBRIDGE_TRY(const PasswordHasher::Place place, parts_.hasher.admit());
  FactorTry made;
  std::optional<ports::Flow> after;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_CHECK(check_fresh(tx, attempt));
    CASEBRIDGE_TRY(made, spend_factor_try(tx, attempt, parts_.settings.throttle.app_codes));
    ports::Flow flow = attempt.flow;
    CASEBRIDGE_CHECK(advance(tx, flow));
    after = std::move(flow);
    return {};
  }));
  attempt.flow = std::move(*after);
  const auto step =
      totp_step_of(secret, attempt.fields.at("code"), attempt.now, parts_.settings.totp_steps_around);
  if (!step || !made.allowed) return refused(attempt.flow, TroubleCode::code_refused, "flow.add_app.refused");
  return add_app(attempt, place, secret, *step);
}

// Takes the place of an older app. Whoever else is signed in did so without it, and is signed out.
Result<FlowView> Flows::add_app(Attempt& attempt, const PasswordHasher::Place& place,
                                const SecretBytes& secret, std::int64_t step) {
  CASEBRIDGE_TRY(RecoverySet set, make_recovery_codes(parts_.hasher, place));
  std::optional<ports::Flow> after;
  std::optional<SignedIn> signed_in;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_CHECK(check_fresh(tx, attempt));
    CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(*attempt.flow.account));
    if (!account) return trouble(TroubleCode::flow_not_found);
    CASEBRIDGE_TRY(std::string sealed, parts_.vault.seal(secret, place_of_totp(account->id, attempt.now)));
    CASEBRIDGE_CHECK(tell(tx, attempt, account->id, "app_added"));
    CASEBRIDGE_CHECK(tx.factors().set_totp({account->id, std::move(sealed), step, attempt.now}));
    CASEBRIDGE_CHECK(tx.factors().replace_recovery_codes(account->id, set.hashes));
    CASEBRIDGE_TRY(const std::string subject, factor_subject(tx, attempt, *account));
    CASEBRIDGE_CHECK(
        throttle_.forgive(tx.throttles(), parts_.settings.throttle.app_codes, subject, attempt.now));
    if (attempt.flow.kind == "lost_phone") {
      if (!attempt.data.second_factor) CASEBRIDGE_CHECK(end_office(tx, attempt, *account));
      CASEBRIDGE_CHECK(end_lost_phone(tx, *account));
    } else {
      CASEBRIDGE_TRY(signed_in,
                     renew_alone(tx, attempt, *account, {model::Assurance::two_factor, attempt.now}));
    }
    CASEBRIDGE_CHECK(alerts_.send(tx, *account, "second_factor_added", attempt.now));
    ports::Flow flow = attempt.flow;
    CASEBRIDGE_CHECK(end(tx, flow));
    after = std::move(flow);
    return {};
  }));
  FlowView view = view_of(*after);
  show_recovery_codes(view, std::move(set));
  view.outcome = std::move(signed_in);
  return view;
}

Result<FlowView> Flows::submit_remove_app(Attempt& attempt) {
  if (!attempt.fields.contains("remove")) return field_trouble("remove", "is required");
  std::optional<ports::Flow> after;
  std::optional<SignedIn> signed_in;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_CHECK(check_fresh(tx, attempt));
    CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(*attempt.flow.account));
    if (!account) return trouble(TroubleCode::flow_not_found);
    CASEBRIDGE_TRY(const bool removed, tx.factors().remove_totp(account->id));
    if (!removed) return trouble(TroubleCode::flow_expired, "there is no app any more");
    // A passkey stands behind what the recovery codes are for.
    CASEBRIDGE_TRY(const bool has_passkey, tx.factors().has_second_factor(account->id));
    if (!has_passkey) return trouble(TroubleCode::flow_expired, "the app is the only second factor now");
    CASEBRIDGE_CHECK(tell(tx, attempt, account->id, "app_removed"));
    CASEBRIDGE_TRY(signed_in, renew_alone(tx, attempt, *account,
                                          {attempt.caller->assurance, attempt.caller->authenticated_at}));
    CASEBRIDGE_CHECK(alerts_.send(tx, *account, "second_factor_removed", attempt.now));
    ports::Flow flow = attempt.flow;
    CASEBRIDGE_CHECK(end(tx, flow));
    after = std::move(flow);
    return {};
  }));
  FlowView view = view_of(*after);
  view.outcome = std::move(signed_in);
  return view;
}

Result<FlowView> Flows::submit_make_codes(Attempt& attempt) {
  if (!attempt.fields.contains("make")) return field_trouble("make", "is required");
  CASEBRIDGE_TRY(const PasswordHasher::Place place, parts_.hasher.admit());
  CASEBRIDGE_TRY(RecoverySet set, make_recovery_codes(parts_.hasher, place));
  std::optional<ports::Flow> after;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_CHECK(check_fresh(tx, attempt));
    CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(*attempt.flow.account));
    CASEBRIDGE_TRY(const bool has_factor, tx.factors().has_second_factor(*attempt.flow.account));
    if (!account || !has_factor) return trouble(TroubleCode::flow_expired, "there is no factor any more");
    CASEBRIDGE_CHECK(tell(tx, attempt, account->id, "recovery_codes_made"));
    CASEBRIDGE_CHECK(tx.factors().replace_recovery_codes(account->id, set.hashes));
    CASEBRIDGE_CHECK(alerts_.send(tx, *account, "recovery_codes_made", attempt.now));
    ports::Flow flow = attempt.flow;
    CASEBRIDGE_CHECK(end(tx, flow));
    after = std::move(flow);
    return {};
  }));
  FlowView view = view_of(*after);
  show_recovery_codes(view, std::move(set));
  return view;
}

// What signs in has changed: the caller goes on with a new token, everybody else has to sign in again.
Result<SignedIn> Flows::renew_alone(ports::Transaction& tx, const Attempt& attempt,
                                    const ports::Account& account, const SessionProof& proof) const {
  CASEBRIDGE_TRY(SignedIn renewed, renew_session(tx, attempt, account, proof));
  CASEBRIDGE_CHECK(tx.sessions().remove_all_but(account.id, renewed.session.id));
  return renewed;
}

}  // namespace casebridge::identity
