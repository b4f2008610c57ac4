// The tables of a link's life.
#include "core/federation/link_state.hpp"

#include <array>

namespace casebridge::federation {
namespace {

constexpr std::array<LinkStateRow, 6> link_rows{{
    {LinkState::pending_user, "pending_user", Actor::user, "answer_challenge", true, false},
    {LinkState::verifying, "verifying", Actor::gateway, "wait", true, false},
    {LinkState::active, "active", Actor::nobody, "", true, true},
    {LinkState::action_required, "action_required", Actor::user, "repair_link", true, true},
    {LinkState::revoked, "revoked", Actor::gateway, "wait", false, false},
    {LinkState::closed, "closed", Actor::nobody, "", false, false},
}};

constexpr std::array<LinkMove, 14> link_table{{
    {LinkState::pending_user, LinkTrigger::challenge_issued, LinkState::pending_user},
    {LinkState::pending_user, LinkTrigger::answers_accepted, LinkState::verifying},
    {LinkState::pending_user, LinkTrigger::revoked, LinkState::revoked},
    {LinkState::verifying, LinkTrigger::challenge_issued, LinkState::pending_user},
    {LinkState::verifying, LinkTrigger::identity_matched, LinkState::active},
    {LinkState::verifying, LinkTrigger::identity_mismatched, LinkState::action_required},
    {LinkState::verifying, LinkTrigger::revoked, LinkState::revoked},
    {LinkState::active, LinkTrigger::credential_failed, LinkState::action_required},
    {LinkState::active, LinkTrigger::repaired, LinkState::active},  // before anybody noticed
    {LinkState::active, LinkTrigger::revoked, LinkState::revoked},
    {LinkState::action_required, LinkTrigger::credential_failed, LinkState::action_required},
    {LinkState::action_required, LinkTrigger::repaired, LinkState::active},
    {LinkState::action_required, LinkTrigger::revoked, LinkState::revoked},
    {LinkState::revoked, LinkTrigger::purged, LinkState::closed},
}};

}  // namespace

std::span<const LinkStateRow> link_states() { return link_rows; }
std::span<const LinkMove> link_moves() { return link_table; }

const LinkStateRow& row_of(LinkState state) { return link_rows[static_cast<std::size_t>(state)]; }
std::string_view name_of(LinkState state) { return row_of(state).name; }

std::optional<LinkState> link_state_of(std::string_view name) {
  for (const LinkStateRow& row : link_rows)
    if (row.name == name) return row.state;
  return std::nullopt;
}

std::optional<LinkState> next(LinkState from, LinkTrigger trigger) {
  for (const LinkMove& move : link_table)
    if (move.from == from && move.trigger == trigger) return move.to;
  return std::nullopt;
}

}  // namespace casebridge::federation
