// WatchAccount: what has happened to the caller's account since it was last looked at.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/id.hpp"
#include "core/base/result.hpp"
#include "core/desk/sync_view.hpp"
#include "core/identity/sessions.hpp"
#include "core/model/caller.hpp"
#include "core/ports/store.hpp"

namespace casebridge::desk {

struct AccountNews {
  std::int64_t version = 0;     // of all that the account can see
  bool changed = false;         // since the version that was seen
  std::vector<SyncView> syncs;  // when changed: the open ones, and those that were open and have ended
};

class WatchAccount {
 public:
  struct Seen {
    std::optional<std::int64_t> version{};  // nothing yet: all is news
    std::vector<SyncId> open{};             // syncs that had not ended
  };

  WatchAccount(ports::Store& store, const Clock& clock, identity::SessionSettings settings)
      : store_(store), clock_(clock), settings_(settings) {}
  // Any thread. token_expired once the caller's session has ended, whoever or whatever ended it. Looking does
  // not keep a session alive: nobody may be sitting there.
  Result<AccountNews> run(const model::Caller& caller, const Seen& seen) const;

 private:
  Result<void> check_session(ports::Transaction& tx, const model::Caller& caller) const;

  ports::Store& store_;
  const Clock& clock_;
  identity::SessionSettings settings_;
};

}  // namespace casebridge::desk
