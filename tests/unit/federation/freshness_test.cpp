// Freshness: from clocks alone.
#include "core/federation/freshness.hpp"

#include <gtest/gtest.h>

#include "core/federation/sync_merge.hpp"

namespace casebridge::federation {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant confirmed_at = *parse_instant("2026-03-16T14:00:00Z");

FreshnessStatus after(std::string_view dataset, seconds age) {
  return freshness_of(dataset, confirmed_at, confirmed_at + age).status;
}

TEST(Freshness, PassesFromFreshToStaleToExpired) {
  EXPECT_EQ(after("payments", hours{12} - seconds{1}), FreshnessStatus::fresh);
  EXPECT_EQ(after("payments", hours{12}), FreshnessStatus::stale);
  EXPECT_EQ(after("payments", hours{24 * 30} - seconds{1}), FreshnessStatus::stale);
  EXPECT_EQ(after("payments", hours{24 * 30}), FreshnessStatus::expired);
  EXPECT_EQ(after("cases", hours{13}), FreshnessStatus::fresh);
  EXPECT_EQ(after("messages", minutes{15}), FreshnessStatus::stale);
  EXPECT_EQ(after("messages", hours{72}), FreshnessStatus::expired);
  EXPECT_EQ(after("documents", hours{24 * 179}), FreshnessStatus::stale);
}

TEST(Freshness, IsUnknownBeforeTheFirstConfirmation) {
  const Freshness made = freshness_of("cases", std::nullopt, confirmed_at);
  EXPECT_EQ(made.status, FreshnessStatus::unknown);
  EXPECT_FALSE(made.fresh_until || made.usable_until);
}

TEST(Freshness, IsFreshFromTheMomentOfItsReading) {
  EXPECT_EQ(freshness_of("cases", confirmed_at, confirmed_at).status, FreshnessStatus::fresh);
}

TEST(Freshness, SaysUntilWhen) {
  const Freshness made = freshness_of("balances", confirmed_at, confirmed_at + hours{1});
  EXPECT_EQ(made.fresh_until, confirmed_at + hours{12});
  EXPECT_EQ(made.usable_until, confirmed_at + hours{24 * 30});
  EXPECT_EQ(name_of(FreshnessStatus::expired), "expired");
}

TEST(Freshness, HasAPolicyForEveryStoredDataset) {
  for (const std::string& dataset : stored_datasets()) {
    const FreshnessPolicy policy = freshness_policy_of(dataset);
    EXPECT_LT(policy.fresh, policy.usable) << dataset;
    if (dataset != "messages") {
      EXPECT_GE(policy.fresh, hours{12}) << dataset;
    }
  }
}

}  // namespace
}  // namespace casebridge::federation
