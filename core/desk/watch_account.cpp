// One number tells whether anything changed, so that looking often costs little.
#include "core/desk/watch_account.hpp"

#include <algorithm>

#include "core/desk/sync_codec.hpp"

namespace casebridge::desk {
namespace {

bool is_among(const std::vector<SyncView>& syncs, const SyncId& id) {
  return std::any_of(syncs.begin(), syncs.end(), [&](const SyncView& one) { return one.id == id; });
}

Result<std::vector<SyncView>> gather_syncs(ports::Transaction& tx, const model::Caller& caller,
                                           const std::vector<SyncId>& were_open) {
  std::vector<SyncView> syncs;
  CASEBRIDGE_TRY(const auto links, tx.links().list(caller.account));
  for (const ports::Link& link : links) {
    CASEBRIDGE_TRY(const auto open, tx.syncs().find_open(link.id));
    if (open) syncs.push_back(view_of(*open));
  }
  for (const SyncId& id : were_open) {
    if (is_among(syncs, id)) continue;
    CASEBRIDGE_TRY(const auto ended, tx.syncs().find(caller.account, id));
    if (ended) syncs.push_back(view_of(*ended));
  }
  return syncs;
}

}  // namespace

Result<void> WatchAccount::check_session(ports::Transaction& tx, const model::Caller& caller) const {
  CASEBRIDGE_TRY(const auto sessions, tx.sessions().list(caller.account));
  const bool lives = std::any_of(sessions.begin(), sessions.end(), [&](const ports::Session& session) {
    return session.id == caller.session && !identity::has_ended(session, clock_.now(), settings_);
  });
  return lives ? Result<void>() : trouble(TroubleCode::token_expired);
}

Result<AccountNews> WatchAccount::run(const model::Caller& caller, const Seen& seen) const {
  AccountNews news;
  CASEBRIDGE_CHECK(store_.read([&](ports::Transaction& tx) -> Result<void> {
    news = {};
    CASEBRIDGE_CHECK(check_session(tx, caller));
    CASEBRIDGE_TRY(news.version, tx.account_version(caller.account));
    news.changed = seen.version != news.version;
    if (!news.changed) return {};
    CASEBRIDGE_TRY(news.syncs, gather_syncs(tx, caller, seen.open));
    return {};
  }));
  return news;
}

}  // namespace casebridge::desk
