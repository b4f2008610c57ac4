// How often a key wraps: warned of from 2^30 on, refused from 2^32 on, and never counted too few.
#include "core/vault/wrap_count.hpp"

#include <gtest/gtest.h>

namespace casebridge::vault {
namespace {

constexpr std::uint64_t one = 1;

TEST(WrapCount, TheLimitsAreThoseOfTheStandard) {
  EXPECT_EQ(WrapLimits{}.warn_from, one << 30);
  EXPECT_EQ(WrapLimits{}.refuse_from, one << 32);
}

TEST(WrapCount, CountsByItselfAsLongAsNobodyGrants) {
  WrapCount count({.warn_from = 2, .refuse_from = 3});
  EXPECT_TRUE(count.take());
  EXPECT_FALSE(count.warns());
  EXPECT_TRUE(count.take());
  EXPECT_TRUE(count.warns());
  EXPECT_TRUE(count.take());
  EXPECT_EQ(count.take().error().code, TroubleCode::dependency_failed);
}

TEST(WrapCount, TakesNoMoreThanItWasGranted) {
  WrapCount count;
  count.grant(100, 2);
  EXPECT_TRUE(count.take());
  EXPECT_TRUE(count.take());
  EXPECT_EQ(count.take().error().code, TroubleCode::overloaded);
  count.grant(101, 1);
  EXPECT_TRUE(count.take());
}

TEST(WrapCount, AGrantThatPassesTheLimitIsCutToIt) {
  WrapCount count;
  count.grant((one << 32) + 5, 7);
  EXPECT_EQ(count.left(), 2U);
  EXPECT_TRUE(count.warns());
  EXPECT_TRUE(count.take());
  EXPECT_TRUE(count.take());
  EXPECT_EQ(count.take().error().code, TroubleCode::dependency_failed);
  count.grant((one << 32) + 10, 5);
  EXPECT_EQ(count.left(), 0U);
}

TEST(WrapCount, WarnsFromTheThirtiethPowerOfTwo) {
  WrapCount count;
  count.grant((one << 30) - 1, 1);
  EXPECT_FALSE(count.warns());
  count.grant(one << 30, 1);
  EXPECT_TRUE(count.warns());
}

}  // namespace
}  // namespace casebridge::vault
