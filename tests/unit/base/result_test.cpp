// Results: a value or a trouble, handed on by the two macros.
#include "core/base/result.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace casebridge {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return field_trouble("number", "is odd");
  return number / 2;
}

Result<int> quarter(int number) {
  CASEBRIDGE_TRY(const int halved, half(number));
  CASEBRIDGE_TRY(const int quartered, half(halved));
  return quartered;
}

Result<void> must_be_even(int number) {
  CASEBRIDGE_CHECK(half(number));
  return {};
}

TEST(Result, HoldsAValue) {
  const Result<int> result = half(8);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(*result, 4);
  EXPECT_EQ(result.value(), 4);
}

TEST(Result, HoldsATrouble) {
  const Result<int> result = half(7);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, TroubleCode::invalid_field);
  EXPECT_EQ(result.error().field, "number");
}

TEST(Result, ATroubleLeavesTheFunctionEarly) {
  EXPECT_EQ(*quarter(8), 2);
  EXPECT_EQ(quarter(6).error().field, "number");
  EXPECT_EQ(quarter(5).error().detail, "is odd");
}

TEST(Result, OfNothingIsGoodByDefault) {
  EXPECT_TRUE(must_be_even(2));
  EXPECT_EQ(must_be_even(3).error().code, TroubleCode::invalid_field);
  EXPECT_TRUE(Result<void>{}.has_value());
}

TEST(Result, MovesWhatCannotBeCopied) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
  const std::unique_ptr<int> taken = *std::move(result);
  EXPECT_EQ(*taken, 5);
}

TEST(Result, GivesAccessToMembers) {
  Result<std::string> result = std::string("abc");
  EXPECT_EQ(result->size(), 3U);
  result->push_back('d');
  EXPECT_EQ(*result, "abcd");
}

}  // namespace
}  // namespace casebridge
