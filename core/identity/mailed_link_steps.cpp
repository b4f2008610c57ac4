// The step that takes the link of a mail. Opening it does nothing; it works once, when its form is sent.
#include <optional>
#include <utility>

#include "core/identity/addressees.hpp"
#include "core/identity/flows.hpp"
#include "core/identity/taking_back.hpp"
#include "core/ports/store_safety.hpp"

namespace casebridge::identity {

// What a link carries cannot be guessed; it is counted all the same, like everything that tests a secret.
Result<FlowView> Flows::submit_mailed_link(Attempt& attempt) {
  std::optional<ports::Flow> after;
  bool taken = false;
  CASEBRIDGE_CHECK(parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    taken = false;
    CASEBRIDGE_TRY(const Spent by_address,
                   throttle_.spend(tx.throttles(), parts_.settings.throttle.address,
                                   counted_address(attempt.origin.address), attempt.now));
    if (!by_address.allowed) return rate_limited(by_address);
    CASEBRIDGE_TRY(auto link,
                   take_link(tx.safety(), attempt.flow.kind, attempt.reveal("link_code"), attempt.now));
    if (link) {
      CASEBRIDGE_TRY(const bool outlived, is_of_another_hold(tx, *link));
      if (outlived) link.reset();
    }
    ports::Flow flow = attempt.flow;
    if (link) {
      CASEBRIDGE_CHECK(follow_link(tx, attempt, *link));
      CASEBRIDGE_CHECK(end(tx, flow));
    } else {
      CASEBRIDGE_CHECK(advance(tx, flow));
    }
    taken = link.has_value();
    after = std::move(flow);
    return {};
  }));
  if (!taken) return refused(*after, TroubleCode::code_refused, "flow.mailed_link.refused");
  return view_of(*after);
}

// A link stops the waiting that it was mailed for. Whoever takes an older mail for that of a later waiting
// has to hear that nothing was stopped.
Result<bool> Flows::is_of_another_hold(ports::Transaction& tx, const ports::MailedLink& link) const {
  if (link.purpose != link_stop_hold) return false;
  CASEBRIDGE_TRY(const auto hold, tx.safety().find_hold(link.account, link.subject));
  return hold && hold->begun_at != link.created_at;
}

// Purposes of links and kinds of flows have the same names.
Result<void> Flows::follow_link(ports::Transaction& tx, const Attempt& attempt,
                                const ports::MailedLink& link) const {
  CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(link.account));
  if (!account) return trouble(TroubleCode::flow_expired, "the account is gone");
  if (link.purpose == link_not_me) return disown(tx, attempt, *account, link);
  if (link.purpose == link_revert_email) return revert_address(tx, attempt, *account, link);
  // Stopped already, or gone by: that is what was wanted.
  return call_off(tx, attempt, *account, link.subject);
}

// An office stands on its second factor: without one, whoever has mailbox and password could take it.
Result<void> Flows::end_office(ports::Transaction& tx, const Attempt& attempt,
                               const ports::Account& account) const {
  if (!account.is_operator()) return {};
  CASEBRIDGE_CHECK(tell(tx, attempt, account.id, "operator_dismissed"));
  return tx.accounts().set_role(account.id, ports::role_parent, attempt.now);
}

// "This wasn't me." Everybody is out, the password signs nobody in, what waits to happen is stopped, what was
// changed lately is taken back. The hash stays: it is half of the way back for who has lost the phone, too.
Result<void> Flows::disown(ports::Transaction& tx, const Attempt& attempt, const ports::Account& account,
                           const ports::MailedLink& link) const {
  CASEBRIDGE_CHECK(tell(tx, attempt, account.id, "disowned"));
  CASEBRIDGE_CHECK(tx.sessions().remove_all_but(account.id, std::nullopt));
  CASEBRIDGE_CHECK(tx.devices().forget_all_but(account.id, std::nullopt));
  CASEBRIDGE_CHECK(tx.accounts().stop_password(account.id, account.credential_version + 1));
  CASEBRIDGE_CHECK(take_back_changes(tx, link, attempt.now));
  CASEBRIDGE_TRY(const bool has_factor, tx.factors().has_second_factor(account.id));
  if (!has_factor) CASEBRIDGE_CHECK(end_office(tx, attempt, account));
  CASEBRIDGE_TRY(const auto holds, tx.safety().list_holds(account.id));
  for (const ports::Hold& hold : holds) {
    CASEBRIDGE_TRY(const bool ended, tx.safety().end_hold(account.id, hold.kind));
    if (ended) CASEBRIDGE_CHECK(tell(tx, attempt, account.id, "hold_stopped"));
  }
  // Links have done what they can, but those of earlier alerts, which may tell of a factor that is older.
  CASEBRIDGE_TRY(
      [[maybe_unused]] const int links,
      tx.safety().remove_links(link_not_me, account.id, attempt.now - changes_settle_after, link.created_at));
  CASEBRIDGE_TRY(const auto addressees, addressees_of(tx, account, attempt.now));
  for (const Addressee& to : addressees)
    CASEBRIDGE_CHECK(mail_.queue_notice(tx.mails(), to, "disowned", attempt.now));
  return {};
}

}  // namespace casebridge::identity
