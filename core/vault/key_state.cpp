// The table of what may follow what; nothing comes back from destroyed or compromised.
#include "core/vault/key_state.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace casebridge::vault {
namespace {

constexpr std::array<std::pair<KeyState, std::string_view>, 5> state_names{{
    {KeyState::pre_active, "pre-active"},
    {KeyState::active, "active"},
    {KeyState::decrypt_only, "decrypt-only"},
    {KeyState::compromised, "compromised"},
    {KeyState::destroyed, "destroyed"},
}};

constexpr std::array<std::pair<KeyState, KeyState>, 9> moves{{
    {KeyState::pre_active, KeyState::active},
    {KeyState::pre_active, KeyState::compromised},
    {KeyState::pre_active, KeyState::destroyed},
    {KeyState::active, KeyState::decrypt_only},
    {KeyState::active, KeyState::compromised},
    {KeyState::decrypt_only, KeyState::active},
    {KeyState::decrypt_only, KeyState::compromised},
    {KeyState::decrypt_only, KeyState::destroyed},
    {KeyState::compromised, KeyState::destroyed},
}};

}  // namespace

std::string_view name_of(KeyState state) { return state_names[static_cast<std::size_t>(state)].second; }

std::optional<KeyState> key_state_of(std::string_view name) {
  for (const auto& [state, text] : state_names)
    if (text == name) return state;
  return std::nullopt;
}

bool may_wrap(KeyState state) { return state == KeyState::active; }

bool may_unwrap(KeyState state) { return state != KeyState::destroyed; }

bool may_follow(KeyState from, KeyState to) {
  return std::find(moves.begin(), moves.end(), std::pair(from, to)) != moves.end();
}

}  // namespace casebridge::vault
