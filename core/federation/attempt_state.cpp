// The tables of an attempt's life.
#include "core/federation/attempt_state.hpp"

#include <array>

namespace casebridge::federation {
namespace {

using State = AttemptState;
using Trigger = AttemptTrigger;

constexpr std::array<AttemptStateRow, 7> rows{{
    {State::challenge, "challenge", Actor::user, "answer_challenge", true},
    {State::verifying, "verifying", Actor::gateway, "wait", true},
    {State::waiting, "waiting", Actor::state, "wait", true},
    {State::succeeded, "succeeded", Actor::nobody, "", false},
    {State::failed, "failed", Actor::user, "start_again", false},
    {State::cancelled, "cancelled", Actor::nobody, "", false},
    {State::expired, "expired", Actor::user, "start_again", false},
}};

constexpr std::array<AttemptMove, 13> moves{{
    {State::challenge, Trigger::submitted, State::verifying},
    {State::challenge, Trigger::cancelled, State::cancelled},
    {State::challenge, Trigger::expired, State::expired},
    {State::verifying, Trigger::challenged, State::challenge},
    {State::verifying, Trigger::deferred, State::waiting},
    {State::verifying, Trigger::completed, State::succeeded},
    {State::verifying, Trigger::ended_badly, State::failed},
    {State::verifying, Trigger::cancelled, State::cancelled},
    {State::verifying, Trigger::expired, State::expired},
    {State::waiting, Trigger::asked_again, State::verifying},
    {State::waiting, Trigger::ended_badly, State::failed},
    {State::waiting, Trigger::cancelled, State::cancelled},
    {State::waiting, Trigger::expired, State::expired},
}};

}  // namespace

std::span<const AttemptStateRow> attempt_states() { return rows; }
std::span<const AttemptMove> attempt_moves() { return moves; }

const AttemptStateRow& row_of(AttemptState state) { return rows[static_cast<std::size_t>(state)]; }
std::string_view name_of(AttemptState state) { return row_of(state).name; }

std::optional<AttemptState> attempt_state_of(std::string_view name) {
  for (const AttemptStateRow& row : rows)
    if (row.name == name) return row.state;
  return std::nullopt;
}

std::optional<AttemptState> next(AttemptState from, AttemptTrigger trigger) {
  for (const AttemptMove& move : moves)
    if (move.from == from && move.trigger == trigger) return move.to;
  return std::nullopt;
}

}  // namespace casebridge::federation
