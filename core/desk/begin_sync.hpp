// BeginSync: how every sync begins, whoever asked for it: join, use a live session, sign in, or give up.
#pragma once

#include "core/desk/sign_in_again.hpp"

namespace casebridge::desk {

struct BegunSync {
  QueuedSync queued;
  std::optional<SignIn> sign_in{};  // to be done after the commit, by sign_in_again
};

// `may_sign_in`: with the stored credential, when no session is live. Where nothing but the owner helps, the
// sync ends needs_user at once and no state is asked.
Result<BegunSync> begin_sync(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                             const std::string& trigger, bool may_sign_in);

}  // namespace casebridge::desk
