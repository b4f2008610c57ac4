// A role changes with all sessions ended, in one transaction.
#include "core/desk/appoint_operator.hpp"

#include <optional>

#include "core/identity/email_address.hpp"

namespace casebridge::desk {
namespace {

constexpr const char* machine = "machine";  // whoever could read the settings, the keys and the database

Result<std::optional<ports::Account>> confirmed_account(ports::Transaction& tx, const std::string& email) {
  CASEBRIDGE_TRY(std::optional<ports::Account> found,
                 tx.accounts().find_by_email(identity::canonical_email(email)));
  if (found && !found->email_verified_at) found.reset();
  return found;
}

Result<void> check_fit(ports::Transaction& tx, const ports::Account& account) {
  CASEBRIDGE_TRY(const bool has_factor, tx.factors().has_second_factor(account.id));
  if (!has_factor) return field_trouble("email", "the account has no second factor; add one first");
  CASEBRIDGE_TRY(const auto links, tx.links().list(account.id));
  CASEBRIDGE_TRY(const auto attempts, tx.attempts().list_open(account.id));
  if (!links.empty() || !attempts.empty())
    return field_trouble("email", "the account has links to states; an operator has none");
  return {};
}

Result<void> change(ports::Transaction& tx, const ports::AuditTrail& trail, const AccountId& account,
                    const std::string& role, std::string_view action, Instant now) {
  CASEBRIDGE_CHECK(tx.accounts().set_role(account, role, now));
  CASEBRIDGE_CHECK(tx.sessions().remove_all_but(account, std::nullopt));
  return trail.note(tx, {.action = action, .account = account, .actor = machine});
}

}  // namespace

Result<void> appoint_operator(ports::Store& store, const ports::AuditTrail& trail, const Clock& clock,
                              const std::string& email) {
  return store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const auto account, confirmed_account(tx, email));
    if (!account)
      return trouble(TroubleCode::not_found, "no account has this address, or it is not confirmed");
    CASEBRIDGE_CHECK(check_fit(tx, *account));
    return change(tx, trail, account->id, ports::role_operator, "operator_appointed", clock.now());
  });
}

Result<void> dismiss_operator(ports::Store& store, const ports::AuditTrail& trail, const Clock& clock,
                              const std::string& email) {
  return store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const auto account, confirmed_account(tx, email));
    if (!account || !account->is_operator())
      return trouble(TroubleCode::not_found, "no operator has this address");
    return change(tx, trail, account->id, ports::role_parent, "operator_dismissed", clock.now());
  });
}

}  // namespace casebridge::desk
