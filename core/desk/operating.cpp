// The notes of operators; a parent finds them among what happened to the account.
#include "core/desk/operating.hpp"

#include <optional>
#include <utility>

namespace casebridge::desk {
namespace {

// Nothing of where the operator is: what is about a parent is the parent's to read.
ports::AuditNote note_of(const OperatorCall& call, std::string_view action, Facts facts) {
  ports::AuditNote note{.action = action, .actor = call.caller.account.text(), .request = call.request_id};
  note.details = std::move(facts);
  note.details.emplace_back("by", call.caller.session.text());
  return note;
}

}  // namespace

Result<void> with_account(const Operating& operating, const OperatorCall& call, const AccountSearch& search,
                          std::string_view action, Facts facts, const AccountWork& work) {
  bool found = false;
  CASEBRIDGE_CHECK(operating.desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const std::optional<ports::Account> account, search(tx));
    found = account.has_value();
    ports::AuditNote note = note_of(call, action, facts);
    if (account) note.account = account->id;
    if (!account) note.outcome = "refused";
    CASEBRIDGE_CHECK(operating.desk.trail.note(tx, note));
    return account ? work(tx, *account) : Result<void>();
  }));
  return found ? Result<void>() : trouble(TroubleCode::not_found, "no such account");
}

Result<void> with_account(const Operating& operating, const OperatorCall& call, const AccountId& account,
                          std::string_view action, Facts facts, const AccountWork& work) {
  return with_account(
      operating, call, [&](ports::Transaction& tx) { return tx.accounts().find(account); }, action,
      std::move(facts), work);
}

Result<void> watching(const Operating& operating, const OperatorCall& call, const std::string& what,
                      const ports::Store::Work& work) {
  return operating.desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    ports::AuditNote note = note_of(call, "operator_watched", {{"what", what}});
    note.account = call.caller.account;
    CASEBRIDGE_CHECK(operating.desk.trail.note(tx, note));
    return work(tx);
  });
}

}  // namespace casebridge::desk
