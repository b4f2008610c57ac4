// The steps in which a passkey is used: alone, instead of a password; or after it, as the second factor.
#include <optional>
#include <utility>
#include <variant>

#include "core/base/crypto.hpp"
#include "core/identity/flows.hpp"

namespace casebridge::identity {
namespace {

// nullopt for a row that holds no key, which cannot be used.
std::optional<KnownPasskey> known_passkey(const ports::Passkey& row, const std::string& user_handle) {
  const auto key = crypto::from_base64url(row.public_key);
  const auto handle = crypto::from_base64url(user_handle);
  if (!key || !handle) return std::nullopt;
  return KnownPasskey{
      {row.algorithm, *key}, static_cast<std::uint32_t>(row.sign_count), row.backup_eligible, *handle};
}

}  // namespace

// A challenge is used up by the first submission, whatever comes of it.
void Flows::ask_anew(FlowData& data, Instant now) const {
  if (parts_.settings.passkeys.id.empty()) return data.passkey.reset();
  if (!data.passkey) data.passkey.emplace();
  data.passkey->challenge = crypto::random_token();
  data.passkey->party = parts_.settings.passkeys.id;
  data.challenge_until = (now + parts_.settings.challenge_life).time_since_epoch().count();
}

// Where an account shows what it has beside its password; empty when it has nothing.
Result<std::string> Flows::second_step(ports::Transaction& tx, const AccountId& account, FlowData& data,
                                       Instant now) const {
  CASEBRIDGE_TRY(const std::optional<ports::TotpApp> app, tx.factors().find_totp(account));
  CASEBRIDGE_TRY(const std::vector<ports::Passkey> passkeys, tx.passkeys().list(account));
  data.passkey.reset();
  data.has_app = app.has_value();
  data.has_passkey = !passkeys.empty() && !parts_.settings.passkeys.id.empty();
  if (!app && passkeys.empty()) return std::string();
  if (!data.has_passkey) return std::string(app ? "second_factor" : "recovery_code");
  ask_anew(data, now);
  for (const ports::Passkey& one : passkeys)
    data.passkey->credentials.push_back({one.credential_id, one.transports});
  return std::string("passkey");
}

// No count of the whole account: nobody can guess a signature, so nobody can lock its owner out by trying.
Result<Flows::PasskeyTry> Flows::spend_passkey_try(ports::Transaction& tx, const Attempt& attempt,
                                                   const std::optional<AssertionAnswer>& answer) const {
  const ThrottleRules& rules = parts_.settings.throttle;
  const std::string address = counted_address(attempt.origin.address);
  PasskeyTry made;
  CASEBRIDGE_TRY(const Spent by_address,
                 throttle_.spend(tx.throttles(), rules.address, address, attempt.now));
  if (!by_address.allowed) return rate_limited(by_address);
  if (!answer) return made;
  CASEBRIDGE_TRY(made.passkey, tx.passkeys().find_by_credential(crypto::base64url(answer->credential_id)));
  // After the password, another account's passkey is as good as none.
  if (made.passkey && attempt.flow.account && *attempt.flow.account != made.passkey->account)
    made.passkey.reset();
  if (!made.passkey) return made;
  CASEBRIDGE_TRY(const std::optional<ports::Account> owner, tx.accounts().find(made.passkey->account));
  if (!owner || is_inactive(*owner, attempt.now, parts_.settings.operators)) {
    made.passkey.reset();
    return made;
  }
  const std::string account = made.passkey->account.text();
  CASEBRIDGE_TRY(const Spent from_there,
                 throttle_.spend(tx.throttles(), rules.account_and_address,
                                 "passkey\n" + account + "\n" + address, attempt.now));
  made.allowed = from_there.allowed;
  CASEBRIDGE_TRY(const std::optional<std::string> handle,
                 tx.passkeys().find_user_handle(made.passkey->account));
  made.user_handle = handle.value_or("");
  return made;
}

Result<FlowView> Flows::submit_passkey(Attempt& attempt) {
  if (attempt.fields.contains("use_app")) return turn_to(attempt, "second_factor");
  if (attempt.fields.contains("use_recovery_code")) return turn_to(attempt, "recovery_code");
  const auto answer = read_assertion(attempt.reveal("passkey"));
  const bool in_time = attempt.now.time_since_epoch().count() < attempt.data.challenge_until;
  const std::string challenge = in_time && attempt.data.passkey ? attempt.data.passkey->challenge : "";
  FlowData next = attempt.data;
  ask_anew(next, attempt.now);
  PasskeyTry made;
  std::optional<ports::Flow> after;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(made, spend_passkey_try(tx, attempt, answer));
    CASEBRIDGE_CHECK(check_begun_by(tx, attempt));
    ports::Flow flow = attempt.flow;
    flow.data = write_flow_data(next);
    CASEBRIDGE_CHECK(advance(tx, flow));
    after = std::move(flow);
    return {};
  }));
  attempt.flow = std::move(*after);
  const bool alone = attempt.flow.step == "credentials";
  std::optional<PasskeyUse> use;
  std::optional<PasskeyFault> fault;
  if (answer && made.allowed == made.passkey.has_value()) {
    const auto known = made.passkey ? known_passkey(*made.passkey, made.user_handle) : std::nullopt;
    const auto checked = check_assertion(parts_.settings.passkeys, challenge, *answer, known, alone);
    if (const auto* good = std::get_if<PasskeyUse>(&checked)) use = *good;
    if (const auto* bad = std::get_if<PasskeyFault>(&checked)) fault = *bad;
  }
  std::optional<SignedIn> signed_in;
  bool passed = false;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    passed = false;
    if (!use) return note_refused_passkey(tx, attempt, made, fault);
    CASEBRIDGE_CHECK(check_begun_by(tx, attempt));
    CASEBRIDGE_TRY(passed,
                   tx.passkeys().note_use(*made.passkey, use->sign_count, use->backed_up, attempt.now));
    if (!passed) return {};
    if (use->counter_fell_back)
      CASEBRIDGE_CHECK(note_refused_passkey(tx, attempt, made, PasskeyFault::counter));
    ports::Flow flow = attempt.flow;
    CASEBRIDGE_TRY(signed_in, pass_passkey(tx, attempt, flow, *made.passkey));
    after = std::move(flow);
    return {};
  }));
  if (!passed)
    return refused(attempt.flow, TroubleCode::sign_in_refused,
                   in_time ? "flow.passkey.refused" : "flow.passkey.expired");
  FlowView view = view_of(*after);
  view.outcome = std::move(signed_in);
  return view;
}

// The owner is told when the password was right, and when there may be a copy of the key.
Result<void> Flows::note_refused_passkey(ports::Transaction& tx, const Attempt& attempt,
                                         const PasskeyTry& made, std::optional<PasskeyFault> fault) const {
  const bool copied = fault == PasskeyFault::counter;
  if (!copied && !attempt.flow.account)
    return tell(tx, attempt, made.passkey ? std::optional(made.passkey->account) : std::nullopt,
                "sign_in_refused", "passkey");
  const AccountId& id = copied ? made.passkey->account : *attempt.flow.account;
  CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(id));
  if (!account) return {};
  if (!copied) return note_wrong_factor(tx, attempt, *account);
  CASEBRIDGE_TRY(const Spent notices, throttle_.spend(tx.throttles(), parts_.settings.throttle.factor_notices,
                                                      "passkey\n" + id.text(), attempt.now));
  if (!notices.allowed) return {};
  return alerts_.send(tx, *account, "passkey_suspected", attempt.now);
}

Result<std::optional<SignedIn>> Flows::pass_passkey(ports::Transaction& tx, const Attempt& attempt,
                                                    ports::Flow& flow, const ports::Passkey& passkey) const {
  CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(passkey.account));
  const std::int64_t proved = attempt.data.proved_version;
  if (!account || (proved != 0 && proved != account->credential_version))
    return trouble(TroubleCode::flow_expired, "the password was changed meanwhile");
  const std::string address = counted_address(attempt.origin.address);
  CASEBRIDGE_CHECK(throttle_.forgive(tx.throttles(), parts_.settings.throttle.account_and_address,
                                     "passkey\n" + account->id.text() + "\n" + address, attempt.now));
  const bool alone = flow.step == "credentials";
  flow.account = account->id;
  return alone ? finish_sign_in(tx, attempt, flow, *account, model::Assurance::two_factor)
               : pass_second_factor(tx, attempt, flow, *account);
}

}  // namespace casebridge::identity
