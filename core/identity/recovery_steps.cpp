// A forgotten password, and an account that wrong passwords have locked: a code from the mail helps. Whether
// an address has an account shows in the mail to its owner and nowhere else.
#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/text.hpp"
#include "core/identity/email_address.hpp"
#include "core/identity/flows.hpp"
#include "core/identity/normal_form.hpp"
#include "core/identity/personal_words.hpp"

namespace casebridge::identity {

// Known and unknown addresses take one path: same counts, same writes, one mail each.
Result<FlowView> Flows::submit_address(Attempt& attempt) {
  FlowData data = attempt.data;
  data.email = std::string(text::trim(attempt.reveal("email")));
  data.canonical = canonical_email(data.email);
  if (!is_email_address(data.email)) return field_trouble("email", "is not an e-mail address");
  std::optional<ports::Flow> after;
  std::optional<Trouble> limited;
  const ThrottleRules& rules = parts_.settings.throttle;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    limited.reset();
    CASEBRIDGE_TRY(
        const Spent by_address,
        throttle_.spend(tx.throttles(), rules.address, counted_address(attempt.origin.address), attempt.now));
    if (!by_address.allowed) return rate_limited(by_address);
    CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find_by_email(data.canonical));
    CASEBRIDGE_TRY(const Spent sends, spend_code_send(tx, attempt, data.canonical,
                                                      account ? std::optional(account->id) : std::nullopt));
    if (!sends.allowed) {
      limited = rate_limited(sends);  // answered after the commit: the try from this address counts
      return {};
    }
    ports::Flow flow = attempt.flow;
    FlowData sent = data;
    if (account) {
      flow.account = account->id;
      sent.email = account->email;
      sent.locale = account->locale;
    }
    flow.data = write_flow_data(sent);
    flow.step = "code";
    CASEBRIDGE_CHECK(send_code(tx, flow, sent, account ? account->credential_version : 0, attempt.now));
    CASEBRIDGE_CHECK(advance(tx, flow));
    after = std::move(flow);
    return {};
  }));
  if (limited) return *limited;
  return view_of(*after);
}

// The code was right. It stands for the password, and for nothing more: a second factor is asked for as ever.
Result<void> Flows::pass_mailed_code(ports::Transaction& tx, const Attempt& attempt, ports::Flow& flow,
                                     const ports::Account& account) const {
  if (flow.kind == "unlock") {
    CASEBRIDGE_CHECK(tell(tx, attempt, account.id, "account_unlocked"));
    CASEBRIDGE_CHECK(end_lock(tx, attempt, account.id));
    return end(tx, flow);
  }
  FlowData data = attempt.data;
  CASEBRIDGE_TRY(const std::string step, second_step(tx, account.id, data, attempt.now));
  data.proved_version = account.credential_version;
  flow.data = write_flow_data(data);
  flow.step = step.empty() ? "new_password" : step;
  flow.expires_at = std::min(flow.expires_at, attempt.now + parts_.settings.second_factor_life);
  return advance(tx, flow);
}

// Nobody is signed in by this: what follows is a sign-in like any other.
Result<FlowView> Flows::submit_new_password(Attempt& attempt) {
  const auto chosen = normal_form(attempt.fields.at("new_password"));
  if (!chosen) return field_trouble("new_password", "is not UTF-8");
  if (const auto key = parts_.policy.refusal(*chosen, personal_words(attempt.data.canonical)))
    return refused(attempt.flow, TroubleCode::password_refused, *key);
  CASEBRIDGE_TRY(const PasswordHasher::Place place, parts_.hasher.admit());
  CASEBRIDGE_TRY(const std::string hash, parts_.hasher.hash(place, *chosen));
  std::optional<ports::Flow> after;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(*attempt.flow.account));
    if (!account || account->credential_version != attempt.data.proved_version)
      return trouble(TroubleCode::flow_expired, "the password was changed meanwhile");
    CASEBRIDGE_TRY(const bool has_factor, tx.factors().has_second_factor(account->id));
    if (has_factor && !attempt.data.second_factor)
      return trouble(TroubleCode::flow_expired, "a second factor was added meanwhile");
    CASEBRIDGE_CHECK(tell(tx, attempt, account->id, "password_reset"));
    CASEBRIDGE_CHECK(tx.accounts().set_password(account->id, hash, account->credential_version + 1));
    if (!account->email_verified_at)
      CASEBRIDGE_CHECK(tx.accounts().set_email_verified(account->id, attempt.now));
    CASEBRIDGE_CHECK(tx.sessions().remove_all_but(account->id, std::nullopt));
    CASEBRIDGE_CHECK(forgive_password_tries(tx, attempt, account->id));
    // Who knew the old password may have a device that is known.
    CASEBRIDGE_CHECK(tx.devices().forget_all_but(account->id, std::nullopt));
    CASEBRIDGE_CHECK(alerts_.send(tx, *account, "password_changed", attempt.now));
    ports::Flow flow = attempt.flow;
    CASEBRIDGE_CHECK(end(tx, flow));
    after = std::move(flow);
    return {};
  }));
  return view_of(*after);
}

}  // namespace casebridge::identity
