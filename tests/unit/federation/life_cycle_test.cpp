// The life cycles of links and attempts: complete tables, ways out of every state, ends that stay ends.
#include <gtest/gtest.h>

#include <set>

#include "core/federation/attempt_state.hpp"
#include "core/federation/link_state.hpp"

namespace casebridge::federation {
namespace {

TEST(LinkState, RowsAreInOrderAndNamesLeadBack) {
  for (const LinkStateRow& row : link_states()) {
    EXPECT_EQ(&row_of(row.state), &row);
    EXPECT_EQ(link_state_of(row.name), row.state);
  }
  EXPECT_EQ(link_state_of("limbo"), std::nullopt);
}

TEST(LinkState, EveryLivingStateCanBeRevokedAndHasAnOwnerAndARemedy) {
  for (const LinkStateRow& row : link_states()) {
    if (!row.live) continue;
    EXPECT_EQ(next(row.state, LinkTrigger::revoked), LinkState::revoked) << row.name;
    EXPECT_EQ(row.remedy.empty(), row.next_step == Actor::nobody) << row.name;
  }
}

TEST(LinkState, IsRepairedWithoutLosingItsRecords) {
  EXPECT_EQ(next(LinkState::active, LinkTrigger::credential_failed), LinkState::action_required);
  EXPECT_TRUE(row_of(LinkState::action_required).reads_allowed);
  EXPECT_EQ(next(LinkState::action_required, LinkTrigger::repaired), LinkState::active);
}

TEST(LinkState, MismatchIsNeverActive) {
  EXPECT_EQ(next(LinkState::verifying, LinkTrigger::identity_mismatched), LinkState::action_required);
  EXPECT_EQ(next(LinkState::pending_user, LinkTrigger::identity_matched), std::nullopt);
}

TEST(LinkState, RevokedEndsClosedAndStaysSo) {
  EXPECT_EQ(next(LinkState::revoked, LinkTrigger::purged), LinkState::closed);
  for (const LinkMove& move : link_moves()) EXPECT_NE(move.from, LinkState::closed);
  EXPECT_EQ(next(LinkState::revoked, LinkTrigger::repaired), std::nullopt);
  EXPECT_FALSE(row_of(LinkState::revoked).reads_allowed);
}

TEST(LinkState, EachTriggerMovesAStateToOnePlaceOnly) {
  std::set<std::pair<LinkState, LinkTrigger>> seen;
  for (const LinkMove& move : link_moves()) EXPECT_TRUE(seen.insert({move.from, move.trigger}).second);
}

TEST(AttemptState, RowsAreInOrderAndNamesLeadBack) {
  for (const AttemptStateRow& row : attempt_states()) {
    EXPECT_EQ(&row_of(row.state), &row);
    EXPECT_EQ(attempt_state_of(row.name), row.state);
  }
  EXPECT_EQ(attempt_state_of(""), std::nullopt);
}

TEST(AttemptState, OpenOnesCanBeCancelledAndExpireAndEndedOnesStay) {
  for (const AttemptStateRow& row : attempt_states()) {
    EXPECT_EQ(next(row.state, AttemptTrigger::cancelled).has_value(), row.open) << row.name;
    EXPECT_EQ(next(row.state, AttemptTrigger::expired).has_value(), row.open) << row.name;
    if (row.open) continue;
    for (const AttemptMove& move : attempt_moves()) EXPECT_NE(move.from, row.state) << row.name;
  }
}

TEST(AttemptState, GoesRoundUntilTheStateIsContent) {
  EXPECT_EQ(next(AttemptState::challenge, AttemptTrigger::submitted), AttemptState::verifying);
  EXPECT_EQ(next(AttemptState::verifying, AttemptTrigger::challenged), AttemptState::challenge);
  EXPECT_EQ(next(AttemptState::verifying, AttemptTrigger::deferred), AttemptState::waiting);
  EXPECT_EQ(next(AttemptState::waiting, AttemptTrigger::asked_again), AttemptState::verifying);
  EXPECT_EQ(next(AttemptState::verifying, AttemptTrigger::completed), AttemptState::succeeded);
  EXPECT_EQ(next(AttemptState::challenge, AttemptTrigger::completed), std::nullopt);
}

}  // namespace
}  // namespace casebridge::federation
