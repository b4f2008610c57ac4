// Removes sessions of the caller's own account.
#include "core/desk/end_session.hpp"

#include <optional>

namespace casebridge::desk {

Result<void> EndSession::run(const model::Caller& caller, const std::string& session) const {
  const auto id = session == "current" ? std::optional(caller.session) : SessionId::parse(session);
  if (!id) return trouble(TroubleCode::not_found);
  return store_.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const bool removed, tx.sessions().remove(caller.account, *id));
    if (!removed) return trouble(TroubleCode::not_found);
    return trail_.note(tx, {.action = "session_ended",
                            .account = caller.account,
                            .details = {{"session", id->text()}, {"by", caller.session.text()}}});
  });
}

Result<int> EndSession::end_others(const model::Caller& caller) const {
  int ended = 0;
  CASEBRIDGE_CHECK(store_.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(ended, tx.sessions().remove_all_but(caller.account, caller.session));
    return trail_.note(tx, {.action = "other_sessions_ended",
                            .account = caller.account,
                            .details = {{"by", caller.session.text()}}});
  }));
  return ended;
}

}  // namespace casebridge::desk
