// Whoever comes first wakes a sleeper; nobody does it twice.
#include "core/http/sleepers.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace casebridge::http {
namespace {

using namespace std::chrono_literals;

class Bed : public testing::Test {
 protected:
  const Sleepers<int>::TimePoint now{1h};
  Sleepers<int> sleepers;
  int one = 1, other = 2, third = 3;
};

TEST_F(Bed, WakesThoseWhoseTimeHasCome) {
  sleepers.lie_down(&one, now + 2s);
  sleepers.lie_down(&other, now + 1s);
  sleepers.lie_down(&third, now + 3s);
  EXPECT_TRUE(sleepers.wake_until(now).empty());
  EXPECT_EQ(sleepers.wake_until(now + 2s), (std::vector<int*>{&other, &one}));
  EXPECT_EQ(sleepers.size(), 1U);
}

TEST_F(Bed, AnEventBeforeThatWakesOneAlone) {
  sleepers.lie_down(&one, now);
  sleepers.lie_down(&other, now);
  EXPECT_TRUE(sleepers.wake(&one));
  EXPECT_FALSE(sleepers.wake(&one));
  EXPECT_EQ(sleepers.wake_until(now), std::vector<int*>{&other});
  EXPECT_FALSE(sleepers.wake(&other));
}

TEST_F(Bed, WhoIsNotThereCannotBeWoken) { EXPECT_FALSE(sleepers.wake(&one)); }

TEST_F(Bed, WhoLiesDownAgainWakesAgain) {
  sleepers.lie_down(&one, now);
  EXPECT_TRUE(sleepers.wake(&one));
  sleepers.lie_down(&one, now + 1s);
  EXPECT_TRUE(sleepers.wake_until(now).empty());
  EXPECT_EQ(sleepers.wake_until(now + 1s).size(), 1U);
}

TEST_F(Bed, TwoWhoComeTogetherFindOneSleeperOnce) {
  std::atomic<int> woken{0};
  for (int i = 0; i < 500; ++i) {
    sleepers.lie_down(&one, now);
    std::thread timer([&] { woken += static_cast<int>(sleepers.wake_until(now).size()); });
    woken += sleepers.wake(&one) ? 1 : 0;
    timer.join();
  }
  EXPECT_EQ(woken, 500);
}

}  // namespace
}  // namespace casebridge::http
