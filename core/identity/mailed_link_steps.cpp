// The step that takes the link of a mail. Opening it does nothing; it works once, when its form is sent.
#include <optional>
#include <utility>

#include "core/identity/addressees.hpp"
#include "core/identity/flows.hpp"
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
    CASEBRIDGE_TRY(const auto link,
                   take_link(tx.safety(), attempt.flow.kind, attempt.reveal("link_code"), attempt.now));
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

// Purposes of links and kinds of flows have the same names.
Result<void> Flows::follow_link(ports::Transaction& tx, const Attempt& attempt,
                                const ports::MailedLink& link) const {
  CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(link.account));
  if (!account) return trouble(TroubleCode::flow_expired, "the account is gone");
  if (link.purpose == link_not_me) return disown(tx, attempt, *account);
  if (link.purpose == link_revert_email) return revert_address(tx, attempt, *account, link.subject);
  // Stopped already, or gone by: that is what was wanted.
  CASEBRIDGE_TRY([[maybe_unused]] const bool stopped,
                 stop_hold(tx, alerts_, *account, link.subject, attempt.now));
  return {};
}

// "This wasn't me." Everybody is out, the password is no password any more, what waits to happen is stopped;
// second factors stay, so that whoever reads the mail gains nothing by it.
Result<void> Flows::disown(ports::Transaction& tx, const Attempt& attempt,
                           const ports::Account& account) const {
  CASEBRIDGE_CHECK(tx.sessions().remove_all_but(account.id, std::nullopt));
  CASEBRIDGE_CHECK(tx.devices().forget_all_but(account.id, std::nullopt));
  // Made of chance that nobody has seen: no password fits, and to try one takes as long as ever.
  CASEBRIDGE_CHECK(
      tx.accounts().set_password(account.id, parts_.hasher.dummy_hash(), account.credential_version + 1));
  CASEBRIDGE_TRY(const auto holds, tx.safety().list_holds(account.id));
  for (const ports::Hold& hold : holds) {
    CASEBRIDGE_TRY([[maybe_unused]] const bool ended, tx.safety().end_hold(account.id, hold.kind));
  }
  CASEBRIDGE_TRY(const auto addressees, addressees_of(tx, account, attempt.now));
  for (const Addressee& to : addressees)
    CASEBRIDGE_CHECK(mail_.queue_notice(tx.mails(), to, "disowned", attempt.now));
  return {};
}

}  // namespace casebridge::identity
