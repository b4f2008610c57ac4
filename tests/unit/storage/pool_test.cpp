// The pool: bounded, patient for a while, and rid of connections that are of no more use.
#include "core/storage/pool.hpp"

#include <thread>

#include "tests/unit/storage/store_suite.hpp"

namespace casebridge::storage {
namespace {

using std::chrono::milliseconds;

class PoolTest : public StoreSuite {
 protected:
  Pool make(int connections_max, milliseconds wait_max) {
    return Pool(*parse_target(options().url), Access::write, connections_max, wait_max);
  }
};
CASEBRIDGE_ON_BOTH_ENGINES(PoolTest);

TEST_P(PoolTest, LendsNoMoreThanItMayAndTakesThemBack) {
  Pool pool = make(2, milliseconds(5));
  auto first = pool.take();
  {
    const auto second = pool.take();
    ASSERT_TRUE(first);
    ASSERT_TRUE(second);
    const auto third = pool.take();
    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().code, TroubleCode::overloaded);
  }
  EXPECT_TRUE(pool.take());
}

TEST_P(PoolTest, WaitsForAConnectionThatComesBack) {
  Pool pool = make(1, milliseconds(10'000));
  std::optional<Result<Pool::Lease>> first(pool.take());
  ASSERT_TRUE(*first);
  std::thread giver([&] {
    std::this_thread::sleep_for(milliseconds(20));
    first.reset();
  });
  EXPECT_TRUE(pool.take());
  giver.join();
}

TEST_P(PoolTest, UsesAConnectionAgainWithItsStatements) {
  Pool pool = make(1, milliseconds(5));
  Connection* used = nullptr;
  for (int i = 0; i < 2; ++i) {
    auto lease = pool.take();
    ASSERT_TRUE(lease);
    if (used != nullptr) { EXPECT_EQ(&**lease, used); }
    used = &**lease;
    ASSERT_TRUE((*lease)->begin(Access::write));
    const auto written =
        (*lease)->run("DELETE FROM throttle WHERE throttle_key = :key", Values{}.with("key", "x"));
    ASSERT_TRUE(written);
    EXPECT_EQ(*written, 0);
    ASSERT_TRUE((*lease)->commit());
  }
}

TEST_P(PoolTest, AFailedStatementIsForgottenWithItsTransaction) {
  Pool pool = make(1, milliseconds(5));
  auto lease = pool.take();
  ASSERT_TRUE(lease);
  ASSERT_TRUE((*lease)->begin(Access::write));
  EXPECT_FALSE((*lease)->run("DELETE FROM no_such_table"));
  EXPECT_TRUE((*lease)->failure());
  EXPECT_FALSE((*lease)->run("DELETE FROM throttle"));
  (*lease)->rollback();
  EXPECT_TRUE((*lease)->usable());
  ASSERT_TRUE((*lease)->begin(Access::write));
  EXPECT_TRUE((*lease)->run("DELETE FROM throttle"));
  EXPECT_TRUE((*lease)->commit());
}

TEST_P(PoolTest, AConnectionInAnUnknownStateIsNotLentAgain) {
  Pool pool = make(1, milliseconds(5));
  {
    auto lease = pool.take();
    ASSERT_TRUE(lease);
    if (GetParam() == Engine::sqlite) {
      (*lease)->rollback();  // there is nothing to roll back: somebody else did
    } else {
      server().run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test%'");
      EXPECT_FALSE((*lease)->begin(Access::write));
    }
    EXPECT_FALSE((*lease)->usable());
  }
  auto next = pool.take();
  ASSERT_TRUE(next);
  EXPECT_TRUE((*next)->usable());
  EXPECT_TRUE((*next)->begin(Access::write));
  (*next)->rollback();
}

TEST(Pool, GivesThePlaceBackWhenTheDatabaseCannotBeOpened) {
  Pool pool(*parse_target("sqlite:/nonexistent/folder/x.db"), Access::write, 1, milliseconds(5));
  for (int i = 0; i < 3; ++i) {
    const auto lease = pool.take();
    ASSERT_FALSE(lease);
    EXPECT_EQ(lease.error().code, TroubleCode::dependency_failed);
  }
}

}  // namespace
}  // namespace casebridge::storage
