// The life of a key: what each state allows, and which one may follow.
#pragma once

#include <optional>
#include <string_view>

namespace casebridge::vault {

// pre_active: known, not used yet. active: wraps and unwraps; one at a time. decrypt_only: unwraps.
// compromised: unwraps until everything is wrapped anew, and never wraps again. destroyed: gone.
enum class KeyState { pre_active, active, decrypt_only, compromised, destroyed };

std::string_view name_of(KeyState state);
std::optional<KeyState> key_state_of(std::string_view name);
bool may_wrap(KeyState state);
// Also one that is not active yet: another gateway may have made it so a moment ago.
bool may_unwrap(KeyState state);
// An active key leaves its state only because another takes its place, or because it is compromised.
bool may_follow(KeyState from, KeyState to);

}  // namespace casebridge::vault
