// Lists the sessions of the caller's account that are still alive.
#include "core/desk/list_sessions.hpp"

namespace casebridge::desk {

Result<std::vector<SessionView>> ListSessions::run(const model::Caller& caller) const {
  const Instant now = clock_.now();
  std::vector<SessionView> views;
  CASEBRIDGE_CHECK(store_.read([&](ports::Transaction& tx) -> Result<void> {
    views.clear();
    CASEBRIDGE_TRY(const std::vector<ports::Session> sessions, tx.sessions().list(caller.account));
    for (const ports::Session& session : sessions) {
      if (identity::has_ended(session, now, settings_)) continue;
      views.push_back({session.id, session.id == caller.session, session.transport, session.device,
                       session.address, session.created_at, session.last_seen_at,
                       session.last_seen_at + identity::idle_of(session, settings_), session.absolute_end});
    }
    return {};
  }));
  return views;
}

}  // namespace casebridge::desk
