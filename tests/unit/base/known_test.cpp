// Known values: a missing one keeps its reason, and nobody learns that something was withheld.
#include "core/base/known.hpp"

#include <gtest/gtest.h>

#include <string>

namespace casebridge {
namespace {

TEST(Known, StartsAsNotProvided) {
  const Known<int> value;
  EXPECT_FALSE(value.known());
  EXPECT_FALSE(value);
  EXPECT_EQ(value.reason(), Missing::not_provided);
}

TEST(Known, HoldsAValueEvenZero) {
  const Known<int> value = 0;
  EXPECT_TRUE(value);
  EXPECT_EQ(*value, 0);
  EXPECT_NE(value, Known<int>(Missing::absent));
}

TEST(Known, HoldsAReason) {
  const Known<std::string> value = Missing::stale;
  EXPECT_FALSE(value);
  EXPECT_EQ(value.reason(), Missing::stale);
  EXPECT_NE(value, Known<std::string>(Missing::absent));
  EXPECT_EQ(value, Known<std::string>(Missing::stale));
}

TEST(Known, GivesAccessToMembers) {
  const Known<std::string> value = std::string("text");
  EXPECT_EQ(value->size(), 4U);
  EXPECT_EQ(value.value(), "text");
  EXPECT_EQ(value, Known<std::string>(std::string("text")));
}

TEST(Missing, NamesComeBack) {
  for (const Missing reason :
       {Missing::absent, Missing::not_provided, Missing::withheld, Missing::unsupported, Missing::stale})
    EXPECT_EQ(missing_of(name_of(reason)), reason);
  EXPECT_EQ(missing_of("not_available"), std::nullopt);
  EXPECT_EQ(missing_of(""), std::nullopt);
}

TEST(Missing, WithheldLooksLikeNotProvided) {
  EXPECT_EQ(public_name_of(Missing::withheld), public_name_of(Missing::not_provided));
  EXPECT_EQ(public_name_of(Missing::withheld), "not_available");
  EXPECT_EQ(public_name_of(Missing::absent), "absent");
  EXPECT_EQ(public_name_of(Missing::unsupported), "unsupported");
  EXPECT_EQ(public_name_of(Missing::stale), "stale");
}

}  // namespace
}  // namespace casebridge
