// The session with a state, kept sealed with its link: stored after a sign-in, used by syncs, ended at the
// end.
#pragma once

#include <chrono>
#include <optional>

#include "core/desk/desk.hpp"

namespace casebridge::desk {

struct StateSession {
  SecretBytes blob;                   // the adapter's own
  std::chrono::seconds idle_span{0};  // how long the state lets it rest; 0: not told
};

Result<void> store_session(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                           const model::AuthDone& done);
// Whether a stored session has not come to either of its ends.
bool is_live(const ports::SealedRow& row, Instant now);
std::optional<Instant> end_of(const ports::SealedRow& row);
// nullopt when there is none, or when it has ended.
Result<std::optional<StateSession>> open_live_session(const Desk& desk, ports::Transaction& tx,
                                                      const ports::Link& link);
// The session was used just now, so its idle end moves.
Result<void> touch_session(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                           std::chrono::seconds idle_span);
// Leaves the ending of a session to a job, which is due at `run_at`.
Result<JobId> queue_session_end(const Desk& desk, ports::Transaction& tx, const AccountId& account,
                                const std::string& system, const SecretBytes& blob, Instant run_at);

}  // namespace casebridge::desk
