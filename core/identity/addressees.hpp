// Addressees: where mails about an account go. The owner may keep an address from being written to at which
// somebody else reads, and may have mails that do not say from whom they come.
#pragma once

#include <vector>

#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/identity/account_mail.hpp"
#include "core/ports/store.hpp"
#include "core/ports/store_safety.hpp"

namespace casebridge::identity {

constexpr std::size_t further_addresses_max = 5;
// How long a former address is told of everything, and can take the account back.
constexpr std::chrono::hours former_address_life{72};
// How long a change of where mails go, or of what signs in, can be taken back by the link of an alert.
constexpr std::chrono::hours changes_settle_after{72};

// What a mail tells of: what happens to the account and how one signs in to it, or its owner's affairs with
// states. An address that is left out hears of affairs no more at once, and of the account until that has
// settled: whoever came in today must not be able to silence its owner today.
enum class About { account, affairs };

// Never empty.
Result<std::vector<Addressee>> addressees_of(ports::Transaction& tx, const ports::Account& account,
                                             Instant now, About about = About::account);
// Where codes that help to sign in go: the address that one signs in with, unless it is left out; then the
// oldest of the others. Never a former address.
Result<Addressee> addressee_of_codes(ports::Transaction& tx, const ports::Account& account, Instant now);

}  // namespace casebridge::identity
