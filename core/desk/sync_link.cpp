// Finds out what a refresh can use, queues it, and signs in for it where that is allowed.
#include "core/desk/sync_link.hpp"

#include "core/desk/end_sync.hpp"
#include "core/desk/link_row.hpp"
#include "core/desk/sign_in_again.hpp"
#include "core/desk/state_session.hpp"
#include "core/desk/sync_codec.hpp"

namespace casebridge::desk {
namespace {

struct Begun {
  QueuedSync queued;
  std::optional<SignIn> sign_in;
};

// No session and no way to get one without the parent.
Result<Begun> end_at_once(ports::Transaction& tx, const ports::Link& link, Trouble why, Instant now) {
  ports::Sync sync{SyncId::make(now), link.id, link.account, "queued", "user", {}, {}, 0, 0, 0, now, {}};
  CASEBRIDGE_CHECK(tx.syncs().insert(sync));
  CASEBRIDGE_CHECK(end_needing_user(tx, link, sync, why, now));
  return Begun{{std::move(sync), false, {}}, {}};
}

bool keeps_user_out(const Trouble& why) {
  return why.code == TroubleCode::credential_already_refused ||
         why.code == TroubleCode::challenge_lockout_risk || why.code == TroubleCode::account_locked ||
         why.code == TroubleCode::needs_user;
}

Result<Begun> begin(const Desk& desk, ports::Transaction& tx, const AccountId& account, const LinkId& id) {
  CASEBRIDGE_TRY(const auto link, tx.links().find(account, id));
  if (!link || is_gone(*link)) return trouble(TroubleCode::not_found, "link");
  if (link->state == "action_required") return action_required(*link);
  const Instant now = desk.clock.now();
  CASEBRIDGE_TRY(const auto open, tx.syncs().find_open(id));
  CASEBRIDGE_TRY(const auto session, open_live_session(desk, tx, *link));
  if (open || session) {
    CASEBRIDGE_TRY(QueuedSync queued, queue_sync(tx, *link, "user", now, now));
    return Begun{std::move(queued), {}};
  }
  CASEBRIDGE_TRY(const bool by_itself, may_sign_in_again(tx, *link));
  if (!by_itself) return end_at_once(tx, *link, trouble(TroubleCode::needs_user), now);
  auto sign_in = prepare_sign_in(desk, tx, *link);
  if (!sign_in) {
    if (keeps_user_out(sign_in.error())) return end_at_once(tx, *link, sign_in.error(), now);
    return std::move(sign_in).error();
  }
  // Due only when the sign-in must have ended, so that a crash between leaves a sync that still comes to its
  // end.
  const Instant later = now + std::chrono::ceil<std::chrono::seconds>(desk.settings.login_timeout_ms) +
                        desk.settings.login_grace_s;
  CASEBRIDGE_TRY(QueuedSync queued, queue_sync(tx, *link, "user", now, later));
  return Begun{std::move(queued), std::move(sign_in).value()};
}

}  // namespace

Result<SyncStarted> sync_link(const Desk& desk, const model::Caller& caller, const SyncLink& asked) {
  std::optional<Begun> begun;
  const Result<void> written = desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(begun, begin(desk, tx, caller.account, asked.link));
    return {};
  });
  if (!written) return written.error();
  ports::Sync sync = begun->queued.sync;
  if (begun->sign_in) {
    CASEBRIDGE_TRY(sync,
                   sign_in_again(desk, *begun->sign_in, begun->queued, asked.request_id, caller.locale));
  }
  if (desk.wake_jobs) desk.wake_jobs();
  return SyncStarted{view_of(sync), begun->queued.joined};
}

}  // namespace casebridge::desk
