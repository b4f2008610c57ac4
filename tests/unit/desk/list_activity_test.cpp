// A page of what happened: however much stands on it, the vault is asked once.
#include "core/desk/list_activity.hpp"

#include "tests/support/counting_vault.hpp"
#include "tests/unit/desk/desk_world.hpp"

namespace casebridge::desk::testing {
namespace {

class ListActivityTest : public DeskWorld {
 protected:
  void note(int times) {
    for (int i = 0; i < times; ++i)
      EXPECT_TRUE(store_->write([&](ports::Transaction& tx) {
        return trail_->note(tx, {.action = "signed_in", .account = account_, .device = "Browser"});
      }));
  }
};

TEST_F(ListActivityTest, APageAsksForOneKeyOnce) {
  note(20);
  const casebridge::testing::CountingVault counting(*vault_);
  const Desk asked{*store_, systems_, counting, clock_, log_, *trail_, {}, {}};
  const auto page = list_activity(asked, caller(), {0, 15});
  ASSERT_TRUE(page);
  EXPECT_EQ(page->events.size(), 15U);
  EXPECT_TRUE(page->more);
  EXPECT_EQ(page->events.back().device, "Browser");
  EXPECT_EQ(counting.opened(), 1);
}

TEST_F(ListActivityTest, WithoutItsKeyAPageIsShownWithoutWhatWasPersonal) {
  note(2);
  EXPECT_TRUE(store_->write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY([[maybe_unused]] const bool erased, tx.audit().erase_subject_key(account_.text()));
    return {};
  }));
  const auto page = list_activity(desk(), caller(), {});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->events.size(), 2U);
  EXPECT_EQ(page->events[0].action, "signed_in");
  EXPECT_EQ(page->events[0].device, "");
}

}  // namespace
}  // namespace casebridge::desk::testing
