// A lost phone: a recovery code beside password and mail helps at once; without one, a time of waiting does,
// of which every address is told and which the owner can stop.
#include <algorithm>
#include <optional>
#include <utility>

#include "core/identity/flows.hpp"
#include "core/identity/holds.hpp"
#include "core/identity/totp.hpp"

namespace casebridge::identity {

// The password was right, which shows nothing to anybody who could not sign in as far as this.
Result<void> Flows::begin_lost_phone(ports::Transaction& tx, const Attempt& attempt, ports::Flow& flow,
                                     const ports::Account& account) const {
  CASEBRIDGE_TRY(const bool has_factor, tx.factors().has_second_factor(account.id));
  if (!has_factor) {
    flow.step = "no_app";
    return advance(tx, flow);
  }
  CASEBRIDGE_TRY(const Spent sends, spend_code_send(tx, attempt, account.email_canonical, account.id));
  if (!sends.allowed) return rate_limited(sends);
  FlowData data = attempt.data;
  data.email = account.email;
  data.locale = account.locale;
  data.proved_version = account.credential_version;
  flow.data = write_flow_data(data);
  flow.step = "code";
  CASEBRIDGE_CHECK(send_code(tx, flow, data, account.credential_version, attempt.now));
  return advance(tx, flow);
}

// Password and mail were shown. When the waiting is over that is enough.
Result<void> Flows::go_on_with_lost_phone(ports::Transaction& tx, const Attempt& attempt, ports::Flow& flow,
                                          const ports::Account& account) const {
  CASEBRIDGE_TRY(const auto hold, tx.safety().find_hold(account.id, hold_lost_phone));
  const bool stands = hold && attempt.now < hold->ends_at;
  if (stands && attempt.now >= hold->due_at) return offer_app(tx, attempt, flow, account, false);
  flow.step = stands ? "waiting" : "lost_phone";
  flow.expires_at = std::min(flow.expires_at, attempt.now + parts_.settings.second_factor_life);
  return advance(tx, flow);
}

Result<void> Flows::offer_app(ports::Transaction& tx, const Attempt& attempt, ports::Flow& flow,
                              const ports::Account& account, bool factor_shown) const {
  FlowData data = attempt.data;
  data.email = account.email;
  data.proved_version = account.credential_version;
  data.second_factor = factor_shown;
  CASEBRIDGE_TRY(data.sealed_secret, parts_.vault.seal(new_totp_secret(), place_of_offered_totp(flow.id)));
  flow.data = write_flow_data(data);
  flow.step = "add_app";
  flow.expires_at = std::min(flow.expires_at, attempt.now + parts_.settings.second_factor_life);
  return advance(tx, flow);
}

// Begins a waiting, and tells the log of one that was not there before.
Result<void> Flows::ask_for(ports::Transaction& tx, const Attempt& attempt, const ports::Account& account,
                            const std::string& kind) const {
  CASEBRIDGE_TRY(const bool begun,
                 begin_hold(tx, alerts_, account, kind, attempt.now, parts_.settings.holds));
  return begun ? tell(tx, attempt, account.id, "hold_begun") : Result<void>();
}

// Stops one, if it stands.
Result<void> Flows::call_off(ports::Transaction& tx, const Attempt& attempt, const ports::Account& account,
                             const std::string& kind) const {
  CASEBRIDGE_TRY(const bool stopped, stop_hold(tx, alerts_, account, kind, attempt.now));
  return stopped ? tell(tx, attempt, account.id, "hold_stopped") : Result<void>();
}

Result<FlowView> Flows::submit_lost_phone(Attempt& attempt) {
  if (attempt.fields.contains("use_recovery_code")) return turn_to(attempt, "recovery_code");
  if (!attempt.fields.contains("begin_hold")) return field_trouble("begin_hold", "is required");
  std::optional<ports::Flow> after;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(*attempt.flow.account));
    if (!account || account->credential_version != attempt.data.proved_version)
      return trouble(TroubleCode::flow_expired, "the password was changed meanwhile");
    CASEBRIDGE_CHECK(ask_for(tx, attempt, *account, hold_lost_phone));
    ports::Flow flow = attempt.flow;
    flow.step = "waiting";
    CASEBRIDGE_CHECK(advance(tx, flow));
    after = std::move(flow);
    return {};
  }));
  return view_of(*after);
}

Result<FlowView> Flows::submit_waiting(Attempt& attempt) {
  if (attempt.fields.contains("use_recovery_code")) return turn_to(attempt, "recovery_code");
  return field_trouble("use_recovery_code", "is required");
}

// What the new app stands on is looked at once more, in the transaction that adds it.
Result<void> Flows::check_lost_phone(ports::Transaction& tx, const Attempt& attempt) const {
  CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(*attempt.flow.account));
  if (!account || account->credential_version != attempt.data.proved_version)
    return trouble(TroubleCode::flow_expired, "the password was changed meanwhile");
  if (attempt.data.second_factor) return {};
  CASEBRIDGE_TRY(const auto hold, tx.safety().find_hold(account->id, hold_lost_phone));
  if (hold && attempt.now >= hold->due_at && attempt.now < hold->ends_at) return {};
  return trouble(TroubleCode::flow_expired, "the waiting was stopped");
}

// Nobody is signed in by this, and whoever was is signed out.
Result<void> Flows::end_lost_phone(ports::Transaction& tx, const ports::Account& account) const {
  CASEBRIDGE_CHECK(tx.sessions().remove_all_but(account.id, std::nullopt));
  CASEBRIDGE_CHECK(tx.devices().forget_all_but(account.id, std::nullopt));
  CASEBRIDGE_TRY([[maybe_unused]] const bool ended, tx.safety().end_hold(account.id, hold_lost_phone));
  return {};
}

}  // namespace casebridge::identity
