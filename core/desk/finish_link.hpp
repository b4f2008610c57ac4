// FinishLink: what a complete sign-in changes: the link, its sealed secrets, the first sync.
#pragma once

#include "core/desk/login_round.hpp"

namespace casebridge::desk {

// Within the transaction that settles the round; `row` already has its new version. Ends the attempt, as
// succeeded or as failed (link_already_exists with the existing id, identity_mismatch, not_found for a link
// that is gone). A session that no link takes over is ended by a job.
Result<std::optional<SyncId>> finish_link(const Desk& desk, ports::Transaction& tx, const LoginRound& round,
                                          ports::LinkAttempt& row, const model::AuthDone& done);
std::string subject_digest_of(const Desk& desk, const std::string& system, const std::string& subject_key);

}  // namespace casebridge::desk
