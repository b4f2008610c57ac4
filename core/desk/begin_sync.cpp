// A sync that needs a sign-in first is due only when that must have ended.
#include "core/desk/begin_sync.hpp"

#include "core/desk/end_sync.hpp"
#include "core/desk/state_session.hpp"

namespace casebridge::desk {
namespace {

// No session and no way to get one without the parent.
Result<BegunSync> end_at_once(ports::Transaction& tx, const ports::Link& link, const std::string& trigger,
                              const Trouble& why, Instant now) {
  ports::Sync sync{SyncId::make(now), link.id, link.account, "queued", trigger, {}, {}, 0, 0, 0, now, {}};
  CASEBRIDGE_CHECK(tx.syncs().insert(sync));
  CASEBRIDGE_CHECK(end_needing_user(tx, link, sync, why, now));
  return BegunSync{{std::move(sync), false, {}}, {}};
}

bool keeps_user_out(const Trouble& why) {
  return why.code == TroubleCode::credential_already_refused ||
         why.code == TroubleCode::challenge_lockout_risk || why.code == TroubleCode::account_locked ||
         why.code == TroubleCode::needs_user;
}

}  // namespace

Result<BegunSync> begin_sync(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                             const std::string& trigger, bool may_sign_in) {
  const Instant now = desk.clock.now();
  CASEBRIDGE_TRY(const auto open, tx.syncs().find_open(link.id));
  CASEBRIDGE_TRY(const auto session, open_live_session(desk, tx, link));
  if (open || session) {
    CASEBRIDGE_TRY(QueuedSync queued, queue_sync(tx, link, trigger, now, now));
    return BegunSync{std::move(queued), {}};
  }
  if (!may_sign_in) return end_at_once(tx, link, trigger, trouble(TroubleCode::needs_user), now);
  auto sign_in = prepare_sign_in(desk, tx, link, trigger);
  if (!sign_in) {
    if (keeps_user_out(sign_in.error())) return end_at_once(tx, link, trigger, sign_in.error(), now);
    return std::move(sign_in).error();
  }
  // Due only when the sign-in must have ended, so that a crash between leaves a sync that still comes to its
  // end.
  const Instant later = now + std::chrono::ceil<std::chrono::seconds>(desk.settings.login_timeout_ms) +
                        desk.settings.login_grace_s;
  CASEBRIDGE_TRY(QueuedSync queued, queue_sync(tx, link, trigger, now, later));
  return BegunSync{std::move(queued), std::move(sign_in).value()};
}

}  // namespace casebridge::desk
