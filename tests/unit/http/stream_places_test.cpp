// Places are counted for each account and in all, and come back.
#include "core/http/stream_places.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace casebridge::http {
namespace {

TEST(StreamPlacesOfOneServer, AreCountedByAccountAndInAll) {
  StreamPlaces places({.all_max = 3, .account_max = 2});
  const auto one = places.take("a"), two = places.take("a"), three = places.take("b");
  ASSERT_TRUE(one && two && three);
  EXPECT_EQ(places.open(), 3);
  EXPECT_EQ(places.take("a").error().code, TroubleCode::overloaded);
}

TEST(StreamPlacesOfOneServer, OneAccountCannotTakeThemAll) {
  StreamPlaces places({.all_max = 10, .account_max = 1});
  const auto one = places.take("a");
  ASSERT_TRUE(one);
  EXPECT_EQ(places.take("a").error().code, TroubleCode::rate_limited);
  EXPECT_TRUE(places.take("b"));
}

TEST(StreamPlacesOfOneServer, ComeBackWithTheLastCopy) {
  StreamPlaces places({.all_max = 1, .account_max = 1});
  auto taken = places.take("a");
  ASSERT_TRUE(taken);
  std::optional<StreamPlaces::Place> copy = *taken;
  taken = trouble(TroubleCode::internal);
  EXPECT_EQ(places.open(), 1);
  copy.reset();
  EXPECT_EQ(places.open(), 0);
  EXPECT_TRUE(places.take("a"));
}

}  // namespace
}  // namespace casebridge::http
