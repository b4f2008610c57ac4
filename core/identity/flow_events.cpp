// What flows tell the audit log, in the transaction of what they do.
#include "core/identity/flows.hpp"
#include "core/identity/sessions.hpp"

namespace casebridge::identity {

Result<void> Flows::tell(ports::Transaction& tx, const Attempt& attempt,
                         const std::optional<AccountId>& account, std::string_view action,
                         std::string_view reason) const {
  ports::AuditNote note{.action = action, .account = account};
  // The log says that somebody did it, not that the owner did: who was refused has shown nothing.
  if (!reason.empty()) {
    note.outcome = "refused";
    note.actor = attempt.caller ? attempt.caller->account.text() : "nobody";
    note.details.emplace_back("reason", reason);
  }
  note.request = attempt.origin.request_id;
  note.address = coarse_address(attempt.origin.address);
  note.device = attempt.origin.user_agent;
  note.details.emplace_back("flow", attempt.flow.kind);
  if (attempt.caller) note.details.emplace_back("session", attempt.caller->session.text());
  return parts_.trail.note(tx, note);
}

// Unknown, wrong and locked leave as much, and in as many writes.
Result<void> Flows::tell_refusal(const Attempt& attempt, const Candidate& candidate) const {
  const auto account = candidate.account ? std::optional(candidate.account->id) : std::nullopt;
  return parts_.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_CHECK(tell(tx, attempt, account, "sign_in_refused", candidate.reason));
    return candidate.began_lock ? tell(tx, attempt, account, "account_locked", "tries") : Result<void>();
  });
}

}  // namespace casebridge::identity
