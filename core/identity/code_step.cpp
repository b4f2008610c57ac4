// The step that waits for the code from the mail, and what a right code ends in.
#include <optional>
#include <utility>

#include "core/identity/addressees.hpp"
#include "core/identity/flows.hpp"

namespace casebridge::identity {

// Codes that confirm an address go there; those that help to sign in go where the owner wants them.
Result<Addressee> Flows::addressee_of_code(ports::Transaction& tx, const ports::Flow& flow,
                                           const FlowData& data, Instant now) const {
  const bool helps = flow.kind == "reset_password" || flow.kind == "unlock" || flow.kind == "lost_phone";
  if (helps && flow.account) {
    CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(*flow.account));
    if (account && account->email_verified_at) {
      return addressee_of_codes(tx, *account, now);
    }
  }
  return Addressee{data.email, data.locale};
}

// Counted for whoever asks, so that strangers do not use up the owner's codes; and in all, so that many of
// them do not flood a mailbox. A browser that the account knows has a count of its own.
Result<Spent> Flows::spend_code_send(ports::Transaction& tx, const Attempt& attempt,
                                     const std::string& canonical,
                                     const std::optional<AccountId>& account) const {
  const ThrottleRules& rules = parts_.settings.throttle;
  std::optional<ports::KnownDevice> device;
  if (account) {
    CASEBRIDGE_TRY(device, find_device(tx.devices(), *account, attempt.device, attempt.now));
  }
  if (device)
    return throttle_.spend(tx.throttles(), rules.code_sends, "device\n" + device->id.text(), attempt.now);
  CASEBRIDGE_TRY(const Spent from_there,
                 throttle_.spend(tx.throttles(), rules.code_sends,
                                 canonical + "\n" + counted_address(attempt.origin.address), attempt.now));
  if (!from_there.allowed) return from_there;
  return throttle_.spend(tx.throttles(), rules.code_sends_in_all, canonical, attempt.now);
}

// A flow without an account gets a code as well, which nobody is told; its mail says why.
Result<void> Flows::send_code(ports::Transaction& tx, const ports::Flow& flow, const FlowData& data,
                              std::int64_t credential_version, Instant now) const {
  CASEBRIDGE_TRY(std::string code,
                 issue_code(tx.codes(), parts_.vault, flow.id, credential_version, now, parts_.settings));
  CASEBRIDGE_TRY(const Addressee to, addressee_of_code(tx, flow, data, now));
  const auto queue = [&] {
    if (flow.account) return mail_.queue_code(tx.mails(), to, code, parts_.settings.code_life, now);
    const bool registering = flow.kind == "registration";
    return mail_.queue_notice(tx.mails(), to, registering ? "already_registered" : "no_account", now);
  };
  const Result<void> queued = queue();
  wipe(code);
  return queued;
}

Result<FlowView> Flows::submit_code(Attempt& attempt) {
  if (attempt.fields.contains("resend")) return resend_code(attempt);
  if (!attempt.fields.contains("code")) return field_trouble("code", "missing");
  std::optional<Trouble> limited;
  std::optional<ports::Flow> after;
  CheckedCode checked;
  CodeEnd ended;
  const ThrottleRules& rules = parts_.settings.throttle;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    limited.reset();
    ended = {};
    CASEBRIDGE_TRY(
        const Spent by_address,
        throttle_.spend(tx.throttles(), rules.address, counted_address(attempt.origin.address), attempt.now));
    if (!by_address.allowed) return rate_limited(by_address);
    CASEBRIDGE_TRY(const Spent tries,
                   throttle_.spend(tx.throttles(), rules.code_tries,
                                   attempt.data.canonical + "\n" + counted_address(attempt.origin.address),
                                   attempt.now));
    if (!tries.allowed) {
      limited = rate_limited(tries);  // answered after the commit: the try from this address counts
      return {};
    }
    ports::Flow flow = attempt.flow;
    CASEBRIDGE_TRY(checked,
                   check_code(tx.codes(), parts_.vault, flow.id, attempt.fields.at("code"), attempt.now));
    if (checked.outcome == CodeCheck::accepted) {
      CASEBRIDGE_TRY(ended, accept_code(tx, attempt, flow, checked.credential_version));
    }
    if (!ended.accepted) CASEBRIDGE_CHECK(advance(tx, flow));
    after = std::move(flow);
    return {};
  }));
  if (limited) return *limited;
  if (!ended.accepted) {
    if (checked.outcome != CodeCheck::refused || checked.tries_left == 0)
      return refused(*after, TroubleCode::code_expired, "flow.code.expired");
    FlowView view = refused(*after, TroubleCode::code_refused, "flow.code.refused");
    view.refusal->attempts_left = checked.tries_left;
    return view;
  }
  FlowView view = view_of(*after);
  view.outcome = std::move(ended.signed_in);
  return view;
}

Result<FlowView> Flows::resend_code(Attempt& attempt) {
  std::optional<ports::Flow> after;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_CHECK(check_resend(tx.codes(), attempt.flow.id, attempt.now, parts_.settings));
    CASEBRIDGE_TRY(const Spent sends,
                   spend_code_send(tx, attempt, attempt.data.canonical, attempt.flow.account));
    if (!sends.allowed) return rate_limited(sends);
    ports::Flow flow = attempt.flow;
    std::int64_t credential_version = 0;
    if (flow.account) {
      CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(*flow.account));
      if (account) credential_version = account->credential_version;
    }
    CASEBRIDGE_CHECK(send_code(tx, flow, attempt.data, credential_version, attempt.now));
    CASEBRIDGE_CHECK(advance(tx, flow));
    after = std::move(flow);
    return {};
  }));
  return view_of(*after);
}

// Advances or ends the flow where it accepts. The code was right, but counts only for an account whose
// password is still the one it was sent for: whoever confirmed the address in another flow has the account.
Result<Flows::CodeEnd> Flows::accept_code(ports::Transaction& tx, const Attempt& attempt, ports::Flow& flow,
                                          std::int64_t credential_version) {
  if (!flow.account) return CodeEnd{};
  CASEBRIDGE_TRY(std::optional<ports::Account> account, tx.accounts().find(*flow.account));
  if (!account || account->credential_version != credential_version) return CodeEnd{};
  if (flow.kind == "reset_password" || flow.kind == "unlock") {
    CASEBRIDGE_CHECK(pass_mailed_code(tx, attempt, flow, *account));
    return CodeEnd{.accepted = true};
  }
  if (flow.kind == "lost_phone" && account->email_verified_at) {
    CASEBRIDGE_CHECK(go_on_with_lost_phone(tx, attempt, flow, *account));
    return CodeEnd{.accepted = true};
  }
  if (flow.kind == "add_address" || flow.kind == "change_email") {
    CASEBRIDGE_CHECK(accept_address(tx, attempt, flow, *account));
    return CodeEnd{.accepted = true};
  }
  if (flow.kind == "registration") {
    CASEBRIDGE_TRY(const SecretBytes hash,
                   parts_.vault.open(attempt.data.sealed_hash, {"registration", "", flow.id.text(), "", 0}));
    CASEBRIDGE_CHECK(
        tx.accounts().set_password(account->id, std::string(hash.reveal()), credential_version + 1));
    CASEBRIDGE_CHECK(tell(tx, attempt, account->id, "account_made"));
  }
  CASEBRIDGE_CHECK(tx.accounts().set_email_verified(account->id, attempt.now));
  CodeEnd ended{.accepted = true};
  CASEBRIDGE_TRY(ended.signed_in, pass_first_factor(tx, attempt, flow, *account));
  return ended;
}

}  // namespace casebridge::identity
