// Whom the gateway may vouch for when it calls a system that takes its word.
#pragma once

#include <optional>
#include <string>

#include "core/desk/desk.hpp"

namespace casebridge::desk {

// The account's owner, as surely and as recently as any live session of theirs says; nobody for a system that
// asks for credentials, nor for an account whose sessions are over or idle. Opens a transaction of its own.
std::optional<ports::AssertedPerson> asserted_person(const Desk& desk, const AccountId& account,
                                                     const std::string& system);

}  // namespace casebridge::desk
