// Further addresses, another address to sign in with, and the way back from that for whoever did not want it.
#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/text.hpp"
#include "core/identity/addressees.hpp"
#include "core/identity/email_address.hpp"
#include "core/identity/flows.hpp"

namespace casebridge::identity {

// Nothing is kept of an address before the code that was sent there comes back.
Result<FlowView> Flows::submit_new_address(Attempt& attempt) {
  FlowData data = attempt.data;
  data.email = std::string(text::trim(attempt.reveal("email")));
  data.canonical = canonical_email(data.email);
  if (!is_email_address(data.email)) return field_trouble("email", "is not an e-mail address");
  std::optional<ports::Flow> after;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_CHECK(check_fresh(tx, attempt));
    CASEBRIDGE_TRY(const Spent to_there, spend_code_send(tx, attempt, data.canonical, std::nullopt));
    if (!to_there.allowed) return rate_limited(to_there);
    CASEBRIDGE_TRY(const Spent by_account,
                   throttle_.spend(tx.throttles(), parts_.settings.throttle.code_sends,
                                   attempt.flow.account->text(), attempt.now));
    if (!by_account.allowed) return rate_limited(by_account);
    CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(*attempt.flow.account));
    if (!account) return trouble(TroubleCode::flow_not_found);
    data.locale = account->locale;
    ports::Flow flow = attempt.flow;
    flow.data = write_flow_data(data);
    flow.step = "code";
    CASEBRIDGE_CHECK(send_code(tx, flow, data, account->credential_version, attempt.now));
    CASEBRIDGE_CHECK(advance(tx, flow));
    after = std::move(flow);
    return {};
  }));
  return view_of(*after);
}

// The code was right: whoever is signed in reads the mail of this address.
Result<void> Flows::accept_address(ports::Transaction& tx, const Attempt& attempt, ports::Flow& flow,
                                   const ports::Account& account) const {
  CASEBRIDGE_CHECK(check_fresh(tx, attempt));
  const FlowData& data = attempt.data;
  if (flow.kind == "change_email") {
    CASEBRIDGE_CHECK(tell(tx, attempt, account.id, "email_changed"));
    CASEBRIDGE_CHECK(change_sign_in_address(tx, attempt, account));
    return end(tx, flow);
  }
  CASEBRIDGE_CHECK(tell(tx, attempt, account.id, "address_added"));
  CASEBRIDGE_CHECK(add_address(
      tx, {AddressId::make(attempt.now), account.id, data.email, data.canonical, attempt.now, std::nullopt},
      account));
  CASEBRIDGE_CHECK(alerts_.send(tx, account, "address_added", attempt.now));
  return end(tx, flow);
}

Result<void> Flows::add_address(ports::Transaction& tx, const ports::FurtherAddress& address,
                                const ports::Account& account) const {
  CASEBRIDGE_TRY(const auto further, tx.safety().list_addresses(account.id));
  if (further.size() >= further_addresses_max) return field_trouble("email", "is one too many");
  if (address.canonical == account.email_canonical) return field_trouble("email", "is the account's already");
  CASEBRIDGE_TRY(const bool added, tx.safety().insert_address(address));
  return added ? Result<void>() : field_trouble("email", "is the account's already");
}

// What was said of the address before does not hold for another one.
Result<void> Flows::leave_out_nothing(ports::Transaction& tx, const AccountId& account, Instant now) const {
  CASEBRIDGE_TRY(ports::ContactSettings contact, tx.safety().contact(account));
  if (!contact.leaves_out_sign_in) return {};
  contact.leaves_out_sign_in = false;
  contact.since = now;
  return tx.safety().set_contact(account, contact);
}

// The former address hears of everything for three days more, and holds a link that takes the change back.
// Whoever registered the new one without ever confirming it does not hold it.
Result<void> Flows::change_sign_in_address(ports::Transaction& tx, const Attempt& attempt,
                                           const ports::Account& account) const {
  const FlowData& data = attempt.data;
  CASEBRIDGE_TRY(const auto further, tx.safety().list_addresses(account.id));
  for (const ports::FurtherAddress& one : further) {
    if (one.canonical != data.canonical) continue;
    CASEBRIDGE_TRY([[maybe_unused]] const bool removed, tx.safety().remove_address(account.id, one.id));
  }
  CASEBRIDGE_TRY([[maybe_unused]] const bool freed, tx.accounts().free_address(data.canonical));
  CASEBRIDGE_TRY(const bool set, tx.safety().set_sign_in_address(account.id, data.email, data.canonical));
  if (!set) return field_trouble("email", "belongs to another account");
  CASEBRIDGE_CHECK(leave_out_nothing(tx, account.id, attempt.now));
  const ports::FurtherAddress former{
      AddressId::make(attempt.now), account.id,  account.email,
      account.email_canonical,      attempt.now, attempt.now + former_address_life};
  CASEBRIDGE_TRY([[maybe_unused]] const bool kept, tx.safety().insert_address(former));
  ports::Account now = account;
  now.email = data.email;
  now.email_canonical = data.canonical;
  return alerts_.send_change_of_address(tx, now, former, attempt.now);
}

// Somebody hostile changed it, or the owner thinks better of it: either way everybody else is out, and what
// was confirmed since the change holds no more, with the links that it has. Where the address has become
// another account's meanwhile, as much as can be done is done.
Result<void> Flows::revert_address(ports::Transaction& tx, const Attempt& attempt,
                                   const ports::Account& account, const ports::MailedLink& link) const {
  CASEBRIDGE_TRY(const auto further, tx.safety().list_addresses(account.id));
  const auto former = std::find_if(further.begin(), further.end(), [&](const ports::FurtherAddress& one) {
    return one.id.text() == link.subject;
  });
  if (former == further.end()) return trouble(TroubleCode::flow_expired, "the former address is gone");
  for (const ports::FurtherAddress& one : further) {
    if (one.id == former->id || one.verified_at < former->verified_at) continue;
    CASEBRIDGE_TRY([[maybe_unused]] const bool removed, tx.safety().remove_address(account.id, one.id));
  }
  CASEBRIDGE_TRY([[maybe_unused]] const bool freed, tx.accounts().free_address(former->canonical));
  CASEBRIDGE_TRY(const bool set,
                 tx.safety().set_sign_in_address(account.id, former->email, former->canonical));
  if (!set) return disown(tx, attempt, account, link);
  CASEBRIDGE_TRY([[maybe_unused]] const bool moved, tx.safety().remove_address(account.id, former->id));
  CASEBRIDGE_CHECK(tell(tx, attempt, account.id, "email_taken_back"));
  ports::Account now = account;
  now.email = former->email;
  now.email_canonical = former->canonical;
  return disown(tx, attempt, now, link);
}

}  // namespace casebridge::identity
