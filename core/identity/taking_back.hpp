// Taking back: what was changed about an account around the alert that its owner disowns. Older things stay,
// so that whoever only reads the mailbox gains little.
#pragma once

#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/ports/store.hpp"
#include "core/ports/store_safety.hpp"

namespace casebridge::identity {

// Within the write transaction that follows the link. Nothing, when the link is older than changes take to
// settle (addressees.hpp). Second factors that were added with the alert or after it are gone; further
// addresses and a sign-in address that is left out, also those of the days before it.
Result<void> take_back_changes(ports::Transaction& tx, const ports::MailedLink& link, Instant now);

}  // namespace casebridge::identity
