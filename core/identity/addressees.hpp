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

// Never empty. The first one is where codes go: the address that one signs in with, unless it is not to be
// written to.
Result<std::vector<Addressee>> addressees_of(ports::Transaction& tx, const ports::Account& account,
                                             Instant now);

}  // namespace casebridge::identity
