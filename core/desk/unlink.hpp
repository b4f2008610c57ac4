// Unlink: ends the session at the state, destroys what is sealed, erases the records, closes the link.
#pragma once

#include "core/desk/desk.hpp"
#include "core/model/caller.hpp"

namespace casebridge::desk {

struct Unlink {
  LinkId link;
  std::optional<std::int64_t> expected_version{};  // of If-Match
  std::string request_id{};
};
// What happened, so that the parent need not guess.
struct UnlinkReceipt {
  LinkId link;
  std::string system;
  std::string state_session;  // ended, none (there was none), queued (tried, will be tried again)
  bool secrets_destroyed = false;
  int cases_erased = 0;
  Instant closed_at{};
};

// not_found, version_conflict.
Result<UnlinkReceipt> unlink(const Desk&, const model::Caller&, const Unlink&);

}  // namespace casebridge::desk
