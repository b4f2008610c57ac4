// The steps that test a password. Unknown, wrong and locked take one path: same writes, one hash, same
// answer.
#include <optional>
#include <utility>

#include "core/identity/addressees.hpp"
#include "core/identity/email_address.hpp"
#include "core/identity/flows.hpp"
#include "core/identity/normal_form.hpp"
#include "core/identity/personal_words.hpp"

namespace casebridge::identity {

// Refused by address: rate_limited, since that says nothing about an account. Refused by account: not
// allowed.
Result<Spent> Flows::spend_password_try(ports::Transaction& tx, const Attempt& attempt,
                                        const std::string& subject,
                                        const std::optional<ports::Account>& account) const {
  ThrottleRules rules = parts_.settings.throttle;
  if (account) rules.account = rule_for(*account, rules.account, parts_.settings.operators);
  const std::string address = counted_address(attempt.origin.address);
  CASEBRIDGE_TRY(const Spent by_address,
                 throttle_.spend(tx.throttles(), rules.address, address, attempt.now));
  if (!by_address.allowed) return rate_limited(by_address);
  CASEBRIDGE_TRY(const Spent from_there, throttle_.spend(tx.throttles(), rules.account_and_address,
                                                         subject + "\n" + address, attempt.now));
  if (!from_there.allowed) return from_there;
  CASEBRIDGE_TRY(Spent by_account, throttle_.spend(tx.throttles(), rules.account, subject, attempt.now));
  if (!by_account.allowed) return by_account;
  ThrottleRule failures = rules.failures;
  failures.kept = account.has_value();  // whatever names strangers make up, they do not stay here
  CASEBRIDGE_TRY(const Spent in_all, throttle_.spend(tx.throttles(), failures, subject, attempt.now));
  by_account.allowed = in_all.allowed;
  by_account.began_lock = by_account.began_lock || in_all.began_lock;
  return by_account;
}

// Tries from a known device are counted for that device: an attacker's lock does not keep the owner out, and
// nobody guesses longer for having been let in once.
Result<Spent> Flows::spend_device_try(ports::Transaction& tx, const Attempt& attempt,
                                      const ports::KnownDevice& device) const {
  const ThrottleRules& rules = parts_.settings.throttle;
  CASEBRIDGE_TRY(
      const Spent by_address,
      throttle_.spend(tx.throttles(), rules.address, counted_address(attempt.origin.address), attempt.now));
  if (!by_address.allowed) return rate_limited(by_address);
  CASEBRIDGE_TRY(Spent by_device,
                 throttle_.spend(tx.throttles(), rules.device, device.id.text(), attempt.now));
  if (!by_device.allowed) return by_device;
  CASEBRIDGE_TRY(const Spent in_all,
                 throttle_.spend(tx.throttles(), rules.device_failures, device.id.text(), attempt.now));
  by_device.allowed = in_all.allowed;
  by_device.began_lock = by_device.began_lock || in_all.began_lock;
  return by_device;
}

// What a right password, or a new one, makes good.
Result<void> Flows::forgive_password_tries(ports::Transaction& tx, const Attempt& attempt,
                                           const AccountId& account) const {
  CASEBRIDGE_TRY(const auto device, find_device(tx.devices(), account, attempt.device, attempt.now));
  if (device)
    CASEBRIDGE_CHECK(throttle_.forgive(tx.throttles(), parts_.settings.throttle.device_failures,
                                       device->id.text(), attempt.now));
  CASEBRIDGE_CHECK(
      throttle_.forgive(tx.throttles(), parts_.settings.throttle.failures, account.text(), attempt.now));
  return end_lock(tx, attempt, account);
}

// The tries in a row stay counted: a code from the mail is no password.
Result<void> Flows::end_lock(ports::Transaction& tx, const Attempt& attempt, const AccountId& account) const {
  const ThrottleRules& rules = parts_.settings.throttle;
  const std::string address = counted_address(attempt.origin.address);
  CASEBRIDGE_TRY(const auto device, find_device(tx.devices(), account, attempt.device, attempt.now));
  if (device)
    CASEBRIDGE_CHECK(throttle_.forgive(tx.throttles(), rules.device, device->id.text(), attempt.now));
  CASEBRIDGE_CHECK(throttle_.forgive(tx.throttles(), rules.account, account.text(), attempt.now));
  return throttle_.forgive(tx.throttles(), rules.account_and_address, account.text() + "\n" + address,
                           attempt.now);
}

Result<Flows::Candidate> Flows::claim_password_try(Attempt& attempt, const std::string& canonical) {
  Candidate candidate;
  std::optional<ports::Flow> after;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    candidate = {};
    CASEBRIDGE_TRY(candidate.account, attempt.flow.account ? tx.accounts().find(*attempt.flow.account)
                                                           : tx.accounts().find_by_email(canonical));
    const std::string subject = candidate.account ? candidate.account->id.text() : "typed " + canonical;
    // Of an operator all tries count together, wherever they are made.
    if (candidate.account && !candidate.account->is_operator()) {
      CASEBRIDGE_TRY(candidate.device,
                     find_device(tx.devices(), candidate.account->id, attempt.device, attempt.now));
    }
    CASEBRIDGE_TRY(const Spent spent, candidate.device
                                          ? spend_device_try(tx, attempt, *candidate.device)
                                          : spend_password_try(tx, attempt, subject, candidate.account));
    candidate.allowed = spent.allowed;
    candidate.began_lock = spent.began_lock;
    ports::Flow flow = attempt.flow;
    CASEBRIDGE_CHECK(advance(tx, flow));
    after = std::move(flow);
    return {};
  }));
  attempt.flow = std::move(*after);
  // One that was disowned is of use where a lost phone is told, beside the mail and a day of waiting.
  const bool is_stopped =
      candidate.account && candidate.account->password_stopped && attempt.flow.kind != "lost_phone";
  const bool is_disabled =
      candidate.account && is_inactive(*candidate.account, attempt.now, parts_.settings.operators);
  const bool is_tested = candidate.account && candidate.allowed && !is_stopped && !is_disabled;
  candidate.reason = !candidate.allowed ? "locked"
                     : is_disabled      ? "inactive"
                     : is_stopped       ? "stopped"
                                        : "password";
  candidate.hash = is_tested ? candidate.account->password_hash : parts_.hasher.dummy_hash();
  return candidate;
}

// The owner is told how to unlock. Where nobody is to be told, as much is sealed.
Result<void> Flows::note_lock(const Attempt& attempt, const Candidate& candidate) const {
  const bool owned = candidate.account && candidate.account->email_verified_at;
  return parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    if (owned) {
      CASEBRIDGE_TRY(const auto addressees, addressees_of(tx, *candidate.account, attempt.now));
      for (const Addressee& to : addressees)
        CASEBRIDGE_CHECK(mail_.queue_notice(tx.mails(), to, "account_locked", attempt.now));
      return {};
    }
    const auto text = parts_.messages.text("en", "mail.account_locked.text");
    CASEBRIDGE_CHECK(parts_.vault.seal(SecretBytes::copy_of(text), {"mail", "", "", "", 0}));
    return {};
  });
}

Result<FlowView> Flows::submit_credentials(Attempt& attempt) {
  if (attempt.fields.contains("passkey")) return submit_passkey(attempt);
  attempt.data.email = canonical_email(attempt.reveal("email"));
  // What cannot be an address is looked up all the same, as a name that nobody has.
  attempt.data.canonical = is_email_address(attempt.data.email) ? attempt.data.email : "";
  const auto password = normal_form(attempt.fields.at("password"));
  if (!password) return field_trouble("password", "is not UTF-8");

  CASEBRIDGE_TRY(const PasswordHasher::Place place, parts_.hasher.admit());
  CASEBRIDGE_TRY(const Candidate candidate, claim_password_try(attempt, attempt.data.canonical));
  CASEBRIDGE_TRY(const PasswordHasher::Verdict verdict,
                 parts_.hasher.verify(place, *password, candidate.hash));
  const auto no = [&] { return refused(attempt.flow, TroubleCode::sign_in_refused, "flow.sign_in.refused"); };
  if (!candidate.account || !candidate.allowed || !verdict.matches) {
    CASEBRIDGE_CHECK(tell_refusal(attempt, candidate));
    if (candidate.began_lock) CASEBRIDGE_CHECK(note_lock(attempt, candidate));
    return no();
  }

  std::string renewed_hash;
  if (verdict.outdated) {
    CASEBRIDGE_TRY(renewed_hash, parts_.hasher.hash(place, *password));
  }
  std::optional<ports::Flow> after;
  std::optional<SignedIn> signed_in;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    after.reset();
    CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(candidate.account->id));
    // The password was changed while we hashed: what we tested is not the password any more.
    if (!account || account->password_hash != candidate.hash) return {};
    if (!renewed_hash.empty())
      CASEBRIDGE_CHECK(tx.accounts().set_password_hash_only(account->id, renewed_hash));
    CASEBRIDGE_CHECK(forgive_password_tries(tx, attempt, account->id));
    ports::Flow flow = attempt.flow;
    CASEBRIDGE_TRY(signed_in, pass_credentials(tx, attempt, flow, *account));
    after = std::move(flow);
    return {};
  }));
  if (!after) return no();
  FlowView view = view_of(*after);
  view.outcome = std::move(signed_in);
  return view;
}

// The password was right: on to the code for an address that is not confirmed yet, else as any first factor.
Result<std::optional<SignedIn>> Flows::pass_credentials(ports::Transaction& tx, const Attempt& attempt,
                                                        ports::Flow& flow,
                                                        const ports::Account& account) const {
  flow.account = account.id;
  if (!account.email_verified_at) {
    CASEBRIDGE_TRY(const Spent sends, spend_code_send(tx, attempt, account.email_canonical, account.id));
    if (!sends.allowed) return rate_limited(sends);
    FlowData data = attempt.data;
    data.email = account.email;
    data.locale = account.locale;
    flow.data = write_flow_data(data);
    flow.step = "code";
    CASEBRIDGE_CHECK(send_code(tx, flow, data, account.credential_version, attempt.now));
    CASEBRIDGE_CHECK(advance(tx, flow));
    return std::optional<SignedIn>();
  }
  if (flow.kind == "lost_phone") {
    CASEBRIDGE_CHECK(begin_lost_phone(tx, attempt, flow, account));
    return std::optional<SignedIn>();
  }
  return pass_first_factor(tx, attempt, flow, account);
}

// Step-up of an account without second factor: the password once more.
Result<FlowView> Flows::submit_confirm_password(Attempt& attempt) {
  const auto password = normal_form(attempt.fields.at("password"));
  if (!password) return field_trouble("password", "is not UTF-8");
  CASEBRIDGE_TRY(const PasswordHasher::Place place, parts_.hasher.admit());
  CASEBRIDGE_TRY(const Candidate candidate, claim_password_try(attempt, ""));
  CASEBRIDGE_TRY(const PasswordHasher::Verdict verdict,
                 parts_.hasher.verify(place, *password, candidate.hash));
  if (!candidate.account || !candidate.allowed || !verdict.matches) {
    CASEBRIDGE_CHECK(tell_refusal(attempt, candidate));
    if (candidate.began_lock) CASEBRIDGE_CHECK(note_lock(attempt, candidate));
    return refused(attempt.flow, TroubleCode::sign_in_refused, "flow.password.wrong");
  }
  std::optional<ports::Flow> after;
  std::optional<SignedIn> signed_in;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(candidate.account->id));
    CASEBRIDGE_TRY(const bool has_factor, tx.factors().has_second_factor(candidate.account->id));
    if (!account || account->password_hash != candidate.hash || has_factor)
      return trouble(TroubleCode::flow_expired, "what signs in was changed meanwhile");
    CASEBRIDGE_CHECK(tell(tx, attempt, account->id, "identity_confirmed"));
    CASEBRIDGE_CHECK(forgive_password_tries(tx, attempt, account->id));
    CASEBRIDGE_TRY(signed_in,
                   renew_session(tx, attempt, *account, {model::Assurance::password, attempt.now}));
    ports::Flow flow = attempt.flow;
    CASEBRIDGE_CHECK(end(tx, flow));
    after = std::move(flow);
    return {};
  }));
  FlowView view = view_of(*after);
  view.outcome = std::move(signed_in);
  return view;
}

Result<FlowView> Flows::submit_passwords(Attempt& attempt) {
  const auto current = normal_form(attempt.fields.at("current_password"));
  const auto chosen = normal_form(attempt.fields.at("new_password"));
  if (!current) return field_trouble("current_password", "is not UTF-8");
  if (!chosen) return field_trouble("new_password", "is not UTF-8");
  std::optional<ports::Account> account;
  CASEBRIDGE_CHECK(parts_.store.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(account, tx.accounts().find(*attempt.flow.account));
    return {};
  }));
  if (!account) return trouble(TroubleCode::flow_not_found);
  if (const auto key = parts_.policy.refusal(*chosen, personal_words(account->email_canonical)))
    return refused(attempt.flow, TroubleCode::password_refused, *key);
  if (chosen->equals(*current))
    return refused(attempt.flow, TroubleCode::password_refused, "flow.password.same");

  CASEBRIDGE_TRY(const PasswordHasher::Place place, parts_.hasher.admit());
  CASEBRIDGE_TRY(const Candidate candidate, claim_password_try(attempt, account->email_canonical));
  CASEBRIDGE_TRY(const PasswordHasher::Verdict verdict,
                 parts_.hasher.verify(place, *current, candidate.hash));
  if (!candidate.account || !candidate.allowed || !verdict.matches) {
    CASEBRIDGE_CHECK(tell_refusal(attempt, candidate));
    if (candidate.began_lock) CASEBRIDGE_CHECK(note_lock(attempt, candidate));
    return refused(attempt.flow, TroubleCode::sign_in_refused, "flow.password.wrong");
  }
  CASEBRIDGE_TRY(const std::string hash, parts_.hasher.hash(place, *chosen));
  return change_password(attempt, candidate, hash);
}

Result<FlowView> Flows::change_password(Attempt& attempt, const Candidate& candidate,
                                        const std::string& new_hash) {
  std::optional<ports::Flow> after;
  std::optional<SignedIn> signed_in;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    after.reset();
    CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(candidate.account->id));
    if (!account || account->password_hash != candidate.hash) return {};
    CASEBRIDGE_CHECK(check_begun_by(tx, attempt));
    CASEBRIDGE_CHECK(tell(tx, attempt, account->id, "password_changed"));
    CASEBRIDGE_CHECK(tx.accounts().set_password(account->id, new_hash, account->credential_version + 1));
    CASEBRIDGE_CHECK(forgive_password_tries(tx, attempt, account->id));
    CASEBRIDGE_CHECK(tx.sessions().remove_all_but(account->id, std::nullopt));
    CASEBRIDGE_TRY(const auto device, find_device(tx.devices(), account->id, attempt.device, attempt.now));
    CASEBRIDGE_CHECK(
        tx.devices().forget_all_but(account->id, device ? std::optional(device->id) : std::nullopt));
    const bool two = attempt.caller->assurance == model::Assurance::two_factor;
    const SessionProof proof{attempt.caller->assurance, two ? attempt.caller->authenticated_at : attempt.now};
    CASEBRIDGE_TRY(signed_in, open_session(tx.sessions(), *account, attempt.flow.transport, proof,
                                           attempt.origin, attempt.now, parts_.settings.sessions));
    CASEBRIDGE_CHECK(alerts_.send(tx, *account, "password_changed", attempt.now));
    ports::Flow flow = attempt.flow;
    CASEBRIDGE_CHECK(end(tx, flow));
    after = std::move(flow);
    return {};
  }));
  if (!after) return refused(attempt.flow, TroubleCode::sign_in_refused, "flow.password.wrong");
  FlowView view = view_of(*after);
  view.outcome = std::move(signed_in);
  return view;
}

}  // namespace casebridge::identity
