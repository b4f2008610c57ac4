// Registration, first step. Whether an address has an account shows in the mail to its owner and nowhere
// else.
#include <optional>
#include <utility>
#include <vector>

#include "core/base/text.hpp"
#include "core/identity/email_address.hpp"
#include "core/identity/flows.hpp"
#include "core/identity/normal_form.hpp"
#include "core/identity/personal_words.hpp"

namespace casebridge::identity {

Result<FlowView> Flows::submit_details(Attempt& attempt) {
  attempt.data.email = std::string(text::trim(attempt.reveal("email")));
  attempt.data.canonical = canonical_email(attempt.data.email);
  if (!is_email_address(attempt.data.email)) return field_trouble("email", "is not an e-mail address");
  if (attempt.fields.contains("locale")) {
    if (!parts_.messages.has_language(attempt.reveal("locale")))
      return field_trouble("locale", "is not offered");
    attempt.data.locale = std::string(attempt.reveal("locale"));
  }
  const auto password = normal_form(attempt.fields.at("password"));
  if (!password) return field_trouble("password", "is not UTF-8");
  if (const auto key = parts_.policy.refusal(*password, personal_words(attempt.data.canonical)))
    return refused(attempt.flow, TroubleCode::password_refused, *key);

  CASEBRIDGE_TRY(const PasswordHasher::Place place, parts_.hasher.admit());
  CASEBRIDGE_CHECK(claim_registration(attempt));
  CASEBRIDGE_TRY(const std::string hash, parts_.hasher.hash(place, *password));
  std::optional<ports::Flow> after;
  const auto work = [&](ports::Transaction& tx) -> Result<void> {
    ports::Flow flow = attempt.flow;
    FlowData data = attempt.data;
    CASEBRIDGE_CHECK(register_account(tx, attempt, flow, data, hash));
    after = std::move(flow);
    return {};
  };
  Result<void> written = parts_.store.write(work);
  // Somebody else took the address between our look and our insert: the second run sees the account.
  if (!written && written.error().code == TroubleCode::version_conflict) written = parts_.store.write(work);
  CASEBRIDGE_CHECK(std::move(written));
  return view_of(*after);
}

Result<void> Flows::claim_registration(Attempt& attempt) {
  std::optional<ports::Flow> after;
  std::optional<Trouble> limited;
  const ThrottleRules& rules = parts_.settings.throttle;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    limited.reset();
    CASEBRIDGE_TRY(
        const Spent by_address,
        throttle_.spend(tx.throttles(), rules.address, counted_address(attempt.origin.address), attempt.now));
    if (!by_address.allowed) return rate_limited(by_address);
    CASEBRIDGE_TRY(const Spent sends, spend_code_send(tx, attempt, attempt.data.canonical, std::nullopt));
    if (!sends.allowed) {
      limited = rate_limited(sends);  // answered after the commit: the try from this address counts
      return {};
    }
    ports::Flow flow = attempt.flow;
    CASEBRIDGE_CHECK(advance(tx, flow));
    after = std::move(flow);
    return {};
  }));
  if (limited) return *limited;
  attempt.flow = std::move(*after);
  return {};
}

// For an address with a confirmed account the flow goes on without an account, so that no code can end it.
// One that was registered but never confirmed gets the newest flow's password only when its code comes back:
// whoever registered somebody else's address first gains nothing by it.
Result<void> Flows::register_account(ports::Transaction& tx, Attempt& attempt, ports::Flow& flow,
                                     FlowData& data, const std::string& hash) {
  CASEBRIDGE_TRY(std::optional<ports::Account> account, tx.accounts().find_by_email(data.canonical));
  if (!account) {
    account = ports::Account{.id = AccountId::make(attempt.now),
                             .email = data.email,
                             .email_canonical = data.canonical,
                             .password_hash = hash,
                             .locale = data.locale,
                             .created_at = attempt.now};
    CASEBRIDGE_CHECK(tx.accounts().insert(*account));
  }
  const bool confirmed = account->email_verified_at.has_value();
  if (!confirmed) flow.account = account->id;
  CASEBRIDGE_TRY(data.sealed_hash,
                 parts_.vault.seal(SecretBytes::copy_of(hash), {"registration", "", flow.id.text(), "", 0}));
  flow.data = write_flow_data(data);
  flow.step = "code";
  CASEBRIDGE_CHECK(send_code(tx, flow, data, account->credential_version, attempt.now));
  return advance(tx, flow);
}

}  // namespace casebridge::identity
