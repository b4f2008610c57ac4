// The tables of a link's life.
#include "core/federation/link_state.hpp"

#include <array>

namespace casebridge::federation {
namespace {

using State = LinkState;
using Trigger = LinkTrigger;

constexpr std::array<LinkStateRow, 6> rows{{
    {State::pending_user, "pending_user", Actor::user, "answer_challenge", true, false},
    {State::verifying, "verifying", Actor::gateway, "wait", true, false},
    {State::active, "active", Actor::nobody, "", true, true},
    {State::action_required, "action_required", Actor::user, "repair_link", true, true},
    {State::revoked, "revoked", Actor::gateway, "wait", false, false},
    {State::closed, "closed", Actor::nobody, "", false, false},
}};

constexpr std::array<LinkMove, 14> moves{{
    {State::pending_user, Trigger::challenge_issued, State::pending_user},
    {State::pending_user, Trigger::answers_accepted, State::verifying},
    {State::pending_user, Trigger::revoked, State::revoked},
    {State::verifying, Trigger::challenge_issued, State::pending_user},
    {State::verifying, Trigger::identity_matched, State::active},
    {State::verifying, Trigger::identity_mismatched, State::action_required},
    {State::verifying, Trigger::revoked, State::revoked},
    {State::active, Trigger::credential_failed, State::action_required},
    {State::active, Trigger::repaired, State::active},  // before anybody noticed
    {State::active, Trigger::revoked, State::revoked},
    {State::action_required, Trigger::credential_failed, State::action_required},
    {State::action_required, Trigger::repaired, State::active},
    {State::action_required, Trigger::revoked, State::revoked},
    {State::revoked, Trigger::purged, State::closed},
}};

}  // namespace

std::span<const LinkStateRow> link_states() { return rows; }
std::span<const LinkMove> link_moves() { return moves; }

const LinkStateRow& row_of(LinkState state) { return rows[static_cast<std::size_t>(state)]; }
std::string_view name_of(LinkState state) { return row_of(state).name; }

std::optional<LinkState> link_state_of(std::string_view name) {
  for (const LinkStateRow& row : rows)
    if (row.name == name) return row.state;
  return std::nullopt;
}

std::optional<LinkState> next(LinkState from, LinkTrigger trigger) {
  for (const LinkMove& move : moves)
    if (move.from == from && move.trigger == trigger) return move.to;
  return std::nullopt;
}

}  // namespace casebridge::federation
