// What callers without number change for those who came before them: nothing.
#include "core/http/rate_limiter.hpp"

#include <gtest/gtest.h>

#include <string>

namespace casebridge::http {
namespace {

class RateLimiterTest : public testing::Test {
 protected:
  static Rates rates() {
    Rates made;
    made.write = {0.001, 1};
    return made;
  }
  bool is_let_through(const std::string& who) { return !limiter.take(RateClass::write, who); }

  RateLimiter limiter{rates()};
};

TEST_F(RateLimiterTest, SaysHowLongToWait) {
  EXPECT_TRUE(is_let_through("a"));
  const auto wait = limiter.take(RateClass::write, "a");
  ASSERT_TRUE(wait);
  EXPECT_GT(wait->count(), 990);
  EXPECT_LE(wait->count(), 1'000);
}

TEST_F(RateLimiterTest, ACrowdResetsNobodysCountAndSharesOne) {
  EXPECT_TRUE(is_let_through("first"));
  for (int i = 0; i < 60'000; ++i) limiter.take(RateClass::write, "crowd " + std::to_string(i));
  EXPECT_FALSE(is_let_through("first"));
  EXPECT_FALSE(is_let_through("one more"));
}

}  // namespace
}  // namespace casebridge::http
