// Each is one transaction: what is done, and that it was done, by whom.
#include "core/desk/mend_account.hpp"

#include <algorithm>
#include <optional>

#include "core/identity/locks.hpp"

namespace casebridge::desk {
namespace {

// Of one account: an operator floods no mailbox.
constexpr identity::ThrottleRule resets{"operator-resets", 5, std::chrono::hours{1}};

}  // namespace

Result<void> unlock_account(const Operating& operating, const OperatorCall& call, const AccountId& account) {
  return with_account(operating, call, account, "operator_unlocked", {},
                      [&](ports::Transaction& tx, const ports::Account& found) {
                        return identity::end_locks(tx, identity::Throttle(operating.desk.vault),
                                                   operating.throttle, found, operating.desk.clock.now());
                      });
}

Result<void> end_account_sessions(const Operating& operating, const OperatorCall& call,
                                  const AccountId& account, const std::optional<SessionId>& only) {
  Facts facts;
  if (only) facts.emplace_back("session", only->text());
  // A session that is not there is a search in vain: its owner is told of what was done, not of that.
  const AccountSearch search = [&](ports::Transaction& tx) -> Result<std::optional<ports::Account>> {
    CASEBRIDGE_TRY(std::optional<ports::Account> found, tx.accounts().find(account));
    if (!only) return found;
    CASEBRIDGE_TRY(const auto sessions, tx.sessions().list(account));
    if (std::none_of(sessions.begin(), sessions.end(), [&](const auto& one) { return one.id == *only; }))
      found.reset();
    return found;
  };
  return with_account(operating, call, search, "operator_ended_sessions", facts,
                      [&](ports::Transaction& tx, const ports::Account&) -> Result<void> {
                        if (only) {
                          CASEBRIDGE_CHECK(tx.sessions().remove(account, *only));
                        } else {
                          CASEBRIDGE_CHECK(tx.sessions().remove_all_but(account, std::nullopt));
                        }
                        return {};
                      });
}

Result<void> begin_password_reset(const Operating& operating, const OperatorCall& call,
                                  const AccountId& account) {
  const Instant now = operating.desk.clock.now();
  return with_account(
      operating, call, account, "operator_began_reset", {},
      [&](ports::Transaction& tx, const ports::Account& found) -> Result<void> {
        CASEBRIDGE_TRY(
            const identity::Spent spent,
            identity::Throttle(operating.desk.vault).spend(tx.throttles(), resets, account.text(), now));
        if (!spent.allowed) return identity::rate_limited(spent);
        CASEBRIDGE_CHECK(tx.accounts().stop_password(account, found.credential_version + 1));
        CASEBRIDGE_CHECK(tx.sessions().remove_all_but(account, std::nullopt));
        return operating.alerts.send(tx, found, "reset_begun", now);
      });
}

}  // namespace casebridge::desk
