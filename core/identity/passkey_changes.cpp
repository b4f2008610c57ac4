// The flow that adds a passkey. It needs a session that has shown the account's strongest factor lately; the
// owner is told by mail.
#include <array>
#include <optional>
#include <utility>
#include <variant>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/identity/flows.hpp"
#include "core/identity/recovery_codes.hpp"

namespace casebridge::identity {
namespace {

constexpr std::size_t user_handle_bytes = 64;

std::string new_user_handle() {
  std::array<std::uint8_t, user_handle_bytes> chance{};
  crypto::random_bytes(chance);
  return crypto::base64url(chance);
}

Trouble no_room() { return field_trouble("kind", "the account has as many passkeys as it may have"); }

std::string in_one_line(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

}  // namespace

Result<void> Flows::offer_passkey(ports::Transaction& tx, ports::Flow& flow, const ports::Account& account,
                                  FlowData data) const {
  if (parts_.settings.passkeys.id.empty())
    return trouble(TroubleCode::not_found, "passkeys are not offered here");
  CASEBRIDGE_TRY(const std::vector<ports::Passkey> passkeys, tx.passkeys().list(account.id));
  if (passkeys.size() >= parts_.settings.passkeys_max) return no_room();
  data.passkey.reset();
  ask_anew(data, flow.created_at);
  CASEBRIDGE_TRY(data.passkey->user_handle, tx.passkeys().settle_user_handle(account.id, new_user_handle()));
  data.passkey->user_name = account.email;
  for (const ports::Passkey& one : passkeys)
    data.passkey->credentials.push_back({one.credential_id, one.transports});
  flow.data = write_flow_data(data);
  return {};
}

Result<FlowView> Flows::submit_add_passkey(Attempt& attempt) {
  if (text::has_control(attempt.reveal("passkey_name")))
    return field_trouble("passkey_name", "holds a control character");
  const auto answer = read_registration(attempt.reveal("passkey"));
  const bool in_time = attempt.now.time_since_epoch().count() < attempt.data.challenge_until;
  const std::string challenge = in_time && attempt.data.passkey ? attempt.data.passkey->challenge : "";
  FlowData next = attempt.data;
  ask_anew(next, attempt.now);
  bool taken = false;
  std::optional<ports::Flow> after;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const Spent spent, throttle_.spend(tx.throttles(), parts_.settings.throttle.address,
                                                      counted_address(attempt.origin.address), attempt.now));
    if (!spent.allowed) return rate_limited(spent);
    CASEBRIDGE_CHECK(check_fresh(tx, attempt));
    if (answer) {
      CASEBRIDGE_TRY(const std::optional<ports::Passkey> found,
                     tx.passkeys().find_by_credential(crypto::base64url(answer->credential_id)));
      taken = found.has_value();
    }
    ports::Flow flow = attempt.flow;
    flow.data = write_flow_data(next);
    CASEBRIDGE_CHECK(advance(tx, flow));
    after = std::move(flow);
    return {};
  }));
  attempt.flow = std::move(*after);
  if (answer) {
    const auto checked = check_registration(parts_.settings.passkeys, challenge, *answer, taken);
    if (const auto* good = std::get_if<NewPasskey>(&checked)) return add_passkey(attempt, *good);
  }
  return refused_passkey(attempt.flow, in_time ? "flow.add_passkey.refused" : "flow.passkey.expired");
}

// The form stays open, with another challenge.
FlowView Flows::refused_passkey(const ports::Flow& flow, const std::string& message_key) const {
  FlowView view = refused(flow, TroubleCode::invalid_field, message_key);
  view.refusal->field = "passkey";
  return view;
}

// The name its owner gave, else a number.
std::string Flows::passkey_name(const Attempt& attempt, const std::string& locale, std::size_t number) const {
  const std::string_view given = text::trim(attempt.reveal("passkey_name"));
  if (!given.empty()) return std::string(given);
  return parts_.messages.filled(locale, "flow.passkey.name", {{"number", std::to_string(number)}});
}

// With the first of its second factors an account gets recovery codes. Whoever else is signed in did so
// without this passkey, and is signed out.
Result<FlowView> Flows::add_passkey(Attempt& attempt, const NewPasskey& made) {
  bool has_factor = false;
  CASEBRIDGE_CHECK(parts_.store.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(has_factor, tx.factors().has_second_factor(*attempt.flow.account));
    return {};
  }));
  RecoverySet set;
  if (!has_factor) {
    CASEBRIDGE_TRY(const PasswordHasher::Place place, parts_.hasher.admit());
    CASEBRIDGE_TRY(set, make_recovery_codes(parts_.hasher, place));
  }
  std::optional<ports::Flow> after;
  std::optional<SignedIn> signed_in;
  const Result<void> written = parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_CHECK(check_fresh(tx, attempt));
    CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(*attempt.flow.account));
    CASEBRIDGE_TRY(const bool still, tx.factors().has_second_factor(*attempt.flow.account));
    CASEBRIDGE_TRY(const std::vector<ports::Passkey> others, tx.passkeys().list(*attempt.flow.account));
    if (!account || still != has_factor)
      return trouble(TroubleCode::flow_expired, "what signs in was changed meanwhile");
    if (others.size() >= parts_.settings.passkeys_max) return no_room();
    CASEBRIDGE_CHECK(tx.passkeys().insert({.id = ports::PasskeyId::make(attempt.now),
                                           .account = account->id,
                                           .credential_id = crypto::base64url(made.credential_id),
                                           .algorithm = made.key.algorithm,
                                           .public_key = crypto::base64url(made.key.octets),
                                           .sign_count = made.sign_count,
                                           .backup_eligible = made.backup_eligible,
                                           .backed_up = made.backed_up,
                                           .transports = in_one_line(made.transports),
                                           .name = passkey_name(attempt, account->locale, others.size() + 1),
                                           .created_at = attempt.now}));
    CASEBRIDGE_CHECK(tell(tx, attempt, account->id, "passkey_added"));
    if (!has_factor) CASEBRIDGE_CHECK(tx.factors().replace_recovery_codes(account->id, set.hashes));
    CASEBRIDGE_TRY(signed_in,
                   renew_alone(tx, attempt, *account, {model::Assurance::two_factor, attempt.now}));
    CASEBRIDGE_CHECK(alerts_.send(tx, *account, "passkey_added", attempt.now));
    ports::Flow flow = attempt.flow;
    CASEBRIDGE_CHECK(end(tx, flow));
    after = std::move(flow);
    return {};
  });
  // Another flow was quicker with the same credential.
  if (!written && written.error().code == TroubleCode::version_conflict)
    return refused_passkey(attempt.flow, "flow.add_passkey.refused");
  CASEBRIDGE_CHECK(written);
  FlowView view = view_of(*after);
  show_recovery_codes(view, std::move(set));
  view.outcome = std::move(signed_in);
  return view;
}

}  // namespace casebridge::identity
