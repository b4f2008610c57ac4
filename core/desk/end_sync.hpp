// How a sync ends when its owner is needed, or when the state failed as a whole.
#pragma once

#include "core/desk/desk.hpp"

namespace casebridge::desk {

// Ends as needs_user; every dataset that could be read is marked the same.
Result<void> end_needing_user(ports::Transaction& tx, const ports::Link& link, ports::Sync& sync,
                              const Trouble& why, Instant now);
// Ends as failed; stored content stays, and the list of cases remembers why and for how long to wait.
Result<void> end_failed(ports::Transaction& tx, const ports::Link& link, ports::Sync& sync,
                        const Trouble& why, Instant now);
// When a read that failed so often in a row may be tried again.
Instant pause_end(const Trouble& why, int failures, Instant now);

}  // namespace casebridge::desk
