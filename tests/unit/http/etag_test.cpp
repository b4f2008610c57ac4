// ETags and conditions.
#include "core/http/etag.hpp"

#include <gtest/gtest.h>

namespace casebridge::http {
namespace {

TEST(ETag, IsStrongAndFollowsTheOctets) {
  EXPECT_EQ(strong_etag("a"), strong_etag("a"));
  EXPECT_NE(strong_etag("a"), strong_etag("b"));
  EXPECT_TRUE(strong_etag("a").starts_with('"'));
  EXPECT_TRUE(strong_etag("a", 7).starts_with("\"v7-"));
}

TEST(ETag, AConditionIsAListOrAStar) {
  EXPECT_TRUE(none_match_holds("*", "\"a\""));
  EXPECT_TRUE(none_match_holds("\"b\", W/\"a\"", "\"a\""));
  EXPECT_FALSE(none_match_holds("\"b\"", "\"a\""));
  EXPECT_FALSE(none_match_holds("a", "\"a\""));
  EXPECT_FALSE(none_match_holds("", "\"a\""));
}

TEST(ETag, TellsTheVersionBack) {
  EXPECT_EQ(version_of(strong_etag("a", 12)), 12);
  for (const char* tag :
       {"", "\"\"", "\"v-x\"", "\"vx-y\"", "v1-x", "\"v1\"", "\"v1-x\", \"v2-y", "W/\"v1-x\""}) {
    EXPECT_EQ(version_of(tag), std::nullopt) << tag;
  }
}

}  // namespace
}  // namespace casebridge::http
