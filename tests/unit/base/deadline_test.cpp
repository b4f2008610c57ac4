// Deadlines: time runs out, and giving up reaches every copy.
#include "core/base/deadline.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace casebridge {
namespace {

using namespace std::chrono_literals;

TEST(Deadline, AheadHasTimeLeft) {
  const Deadline deadline(60s);
  EXPECT_FALSE(deadline.passed());
  EXPECT_FALSE(deadline.over());
  EXPECT_GT(deadline.left(), 50s);
  EXPECT_LE(deadline.left(), 60s);
  EXPECT_GT(deadline.at(), Deadline::SteadyClock::now());
}

TEST(Deadline, BehindHasNoneAndNeverLessThanNone) {
  const Deadline deadline(-5s);
  EXPECT_TRUE(deadline.passed());
  EXPECT_TRUE(deadline.over());
  EXPECT_EQ(deadline.left(), 0ms);
}

TEST(Deadline, ZeroIsOverAtOnce) { EXPECT_TRUE(Deadline(0ms).over()); }

TEST(Deadline, PassesByItself) {
  const Deadline deadline(2ms);
  std::this_thread::sleep_for(5ms);
  EXPECT_TRUE(deadline.passed());
  EXPECT_FALSE(deadline.cancelled());
}

TEST(Deadline, CancellingReachesEveryCopyFromAnyThread) {
  const Deadline deadline(60s);
  const Deadline copy = deadline;
  std::thread([copy] { copy.cancel(); }).join();
  EXPECT_TRUE(deadline.cancelled());
  EXPECT_TRUE(deadline.over());
  EXPECT_FALSE(deadline.passed());
}

TEST(Deadline, OthersDoNotShareTheFlag) {
  const Deadline one(60s), other(60s);
  one.cancel();
  EXPECT_FALSE(other.cancelled());
}

}  // namespace
}  // namespace casebridge
