// LetterWatch: days and weeks with a letter on its way: looks where it stands, reminds its owner, ends it.
#pragma once

#include "core/desk/desk.hpp"
#include "core/desk/jobs.hpp"
#include "core/identity/account_mail.hpp"

namespace casebridge::desk {

// Within the transaction that shows the challenge of the letter; one that is watched already stays so.
Result<void> queue_letter_watch(const Desk&, ports::Transaction&, const ports::LinkAttempt&);
// One look. Asks the state without anything of the parent's; a state that does not tell is asked again later.
Result<JobEnd> watch_letter(const Desk&, const identity::AccountMail&, const ports::Job&);

}  // namespace casebridge::desk
