// The tables of an attempt's life.
#include "core/federation/attempt_state.hpp"

#include <array>

namespace casebridge::federation {
namespace {

constexpr std::array<AttemptStateRow, 7> attempt_rows{{
    {AttemptState::challenge, "challenge", Actor::user, "answer_challenge", true},
    {AttemptState::verifying, "verifying", Actor::gateway, "wait", true},
    {AttemptState::waiting, "waiting", Actor::state, "wait", true},
    {AttemptState::succeeded, "succeeded", Actor::nobody, "", false},
    {AttemptState::failed, "failed", Actor::user, "start_again", false},
    {AttemptState::cancelled, "cancelled", Actor::nobody, "", false},
    {AttemptState::expired, "expired", Actor::user, "start_again", false},
}};

constexpr std::array<AttemptMove, 13> attempt_table{{
    {AttemptState::challenge, AttemptTrigger::submitted, AttemptState::verifying},
    {AttemptState::challenge, AttemptTrigger::cancelled, AttemptState::cancelled},
    {AttemptState::challenge, AttemptTrigger::expired, AttemptState::expired},
    {AttemptState::verifying, AttemptTrigger::challenged, AttemptState::challenge},
    {AttemptState::verifying, AttemptTrigger::deferred, AttemptState::waiting},
    {AttemptState::verifying, AttemptTrigger::completed, AttemptState::succeeded},
    {AttemptState::verifying, AttemptTrigger::ended_badly, AttemptState::failed},
    {AttemptState::verifying, AttemptTrigger::cancelled, AttemptState::cancelled},
    {AttemptState::verifying, AttemptTrigger::expired, AttemptState::expired},
    {AttemptState::waiting, AttemptTrigger::asked_again, AttemptState::verifying},
    {AttemptState::waiting, AttemptTrigger::ended_badly, AttemptState::failed},
    {AttemptState::waiting, AttemptTrigger::cancelled, AttemptState::cancelled},
    {AttemptState::waiting, AttemptTrigger::expired, AttemptState::expired},
}};

}  // namespace

std::span<const AttemptStateRow> attempt_states() { return attempt_rows; }
std::span<const AttemptMove> attempt_moves() { return attempt_table; }

const AttemptStateRow& row_of(AttemptState state) { return attempt_rows[static_cast<std::size_t>(state)]; }
std::string_view name_of(AttemptState state) { return row_of(state).name; }

std::optional<AttemptState> attempt_state_of(std::string_view name) {
  for (const AttemptStateRow& row : attempt_rows)
    if (row.name == name) return row.state;
  return std::nullopt;
}

std::optional<AttemptState> next(AttemptState from, AttemptTrigger trigger) {
  for (const AttemptMove& move : attempt_table)
    if (move.from == from && move.trigger == trigger) return move.to;
  return std::nullopt;
}

}  // namespace casebridge::federation
