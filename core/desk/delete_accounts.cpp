// Unlinks as the owner would, then erases what is left, unless it was stopped meanwhile.
#include "core/desk/delete_accounts.hpp"

#include <optional>
#include <vector>

#include "core/desk/tell.hpp"
#include "core/desk/unlink.hpp"
#include "core/identity/addressees.hpp"
#include "core/identity/holds.hpp"
#include "core/ports/store_safety.hpp"

namespace casebridge::desk {
namespace {

constexpr int accounts_at_once_max = 20;
constexpr const char* request_name = "account-deletion";

// The owner's word of a day ago; no session is behind it any more.
model::Caller owner_of(const AccountId& account, Instant now) {
  return {account, SessionId::make(now), model::Assurance::two_factor, now, "en"};
}

bool is_due(const std::optional<ports::Hold>& hold, Instant now) { return hold && now >= hold->due_at; }

// A state may take its time, and the owner may stop it meanwhile.
Result<bool> is_due(const Desk& desk, const AccountId& account) {
  std::optional<ports::Hold> hold;
  CASEBRIDGE_CHECK(desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(hold, tx.safety().find_hold(account, identity::hold_deletion));
    return {};
  }));
  return is_due(hold, desk.clock.now());
}

// As far as it is due: looked at before each link, since unlinking cannot be undone.
Result<void> unlink_all(const Desk& desk, const AccountId& account) {
  std::vector<ports::Link> links;
  CASEBRIDGE_CHECK(desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(links, tx.links().list(account));
    return {};
  }));
  const model::Caller owner = owner_of(account, desk.clock.now());
  for (const ports::Link& link : links) {
    CASEBRIDGE_TRY(const bool due, is_due(desk, account));
    if (!due) return {};
    const auto receipt = unlink(desk, owner, {link.id, std::nullopt, request_name});
    if (!receipt && receipt.error().code != TroubleCode::not_found) return receipt.error();
  }
  return {};
}

// False: the owner stopped it, or another gateway was first.
Result<bool> erase(const Desk& desk, const identity::AccountMail& mail, const AccountId& account) {
  bool erased = false;
  CASEBRIDGE_CHECK(desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    erased = false;
    const Instant now = desk.clock.now();
    CASEBRIDGE_TRY(const auto owner, tx.accounts().find(account));
    CASEBRIDGE_TRY(const auto hold, tx.safety().find_hold(account, identity::hold_deletion));
    if (!owner || !is_due(hold, now)) return {};
    CASEBRIDGE_TRY(const auto addressees, identity::addressees_of(tx, *owner, now));
    // Under the account's id, which means nobody any more; nothing personal is in it.
    CASEBRIDGE_CHECK(tell(desk, tx, "account_deleted", account, {}, By::gateway));
    CASEBRIDGE_TRY(erased, tx.safety().erase_account(account));
    for (const identity::Addressee& to : addressees)
      CASEBRIDGE_CHECK(mail.queue_notice(tx.mails(), to, "account_deleted", now));
    return {};
  }));
  return erased;
}

}  // namespace

Result<int> delete_due_accounts(const Desk& desk, const identity::AccountMail& mail) {
  std::vector<ports::Hold> due;
  CASEBRIDGE_CHECK(desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(due,
                   tx.safety().due_holds(identity::hold_deletion, desk.clock.now(), accounts_at_once_max));
    return {};
  }));
  int count = 0;
  for (const ports::Hold& hold : due) {
    CASEBRIDGE_CHECK(unlink_all(desk, hold.account));
    CASEBRIDGE_TRY(const bool erased, erase(desk, mail, hold.account));
    if (erased) ++count;
  }
  if (count > 0) {
    desk.log.write(LogLevel::info, "accounts_deleted", {{"count", std::int64_t{count}}});
    CASEBRIDGE_CHECK(desk.store.scrub());
  }
  return count;
}

}  // namespace casebridge::desk
