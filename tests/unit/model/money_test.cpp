// Money: exact decimals in both directions, refused rather than rounded.
#include "core/model/money.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace casebridge::model {
namespace {

TEST(Money, ReadsWholeDollarsAndOneOrTwoDecimals) {
  EXPECT_EQ(Money::parse("3800")->cents, 380000);
  EXPECT_EQ(Money::parse("0.5")->cents, 50);
  EXPECT_EQ(Money::parse("412.50")->cents, 41250);
  EXPECT_EQ(Money::parse("-1234.05")->cents, -123405);
  EXPECT_EQ(Money::parse("000000123.45")->cents, 12345);
  EXPECT_EQ(Money::parse("-0")->cents, 0);
}

TEST(Money, RefusesEverythingElse) {
  for (const char* text : {"", "-", ".", "1.", ".5", "1.234", "1,000", "$5", "5 ", " 5", "+5", "1e3", "0x1",
                           "--1", "1.2.3", "1.-2", "5-", "NaN", "\xD9\xA1"})
    EXPECT_FALSE(Money::parse(text)) << text;
}

TEST(Money, ReachesBothEndsOfItsRangeAndNotFurther) {
  EXPECT_EQ(Money::parse("92233720368547758.07")->cents, std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(Money::parse("-92233720368547758.08")->cents, std::numeric_limits<std::int64_t>::min());
  EXPECT_FALSE(Money::parse("92233720368547758.08"));
  EXPECT_FALSE(Money::parse("-92233720368547758.09"));
  EXPECT_FALSE(Money::parse("99999999999999999999"));
}

TEST(Money, ReadsCommasOnlyInTheRightPlaces) {
  EXPECT_EQ(Money::parse_grouped("3,800.00")->cents, 380000);
  EXPECT_EQ(Money::parse_grouped("-1,234,567.8")->cents, -123456780);
  EXPECT_EQ(Money::parse_grouped("999")->cents, 99900);
  EXPECT_EQ(Money::parse_grouped("1234.00")->cents, 123400);
  for (const char* text : {",800", "38,00", "3,8000", "3,,800", "1234,567", "3,800,", "0,1", "1,23a"})
    EXPECT_FALSE(Money::parse_grouped(text)) << text;
}

TEST(Money, WritesTwoDecimalsAlways) {
  EXPECT_EQ(Money{500000}.text(), "5000.00");
  EXPECT_EQ(Money{-5000}.text(), "-50.00");
  EXPECT_EQ(Money{0}.text(), "0.00");
  EXPECT_EQ(Money{-7}.text(), "-0.07");
  EXPECT_EQ(Money{std::numeric_limits<std::int64_t>::min()}.text(), "-92233720368547758.08");
}

TEST(Money, ComesBackFromItsOwnText) {
  for (const std::int64_t cents : {0L, 1L, -1L, 99L, 100L, -12345678L, 9007199254740993L})
    EXPECT_EQ(Money::parse(Money{cents}.text()), Money{cents});
}

TEST(Money, AddsUnlessTheSumIsTooLarge) {
  EXPECT_EQ(add(Money{10}, Money{-30}), Money{-20});
  EXPECT_EQ(add(Money{std::numeric_limits<std::int64_t>::max()}, Money{1}), std::nullopt);
  EXPECT_EQ(add(Money{std::numeric_limits<std::int64_t>::min()}, Money{-1}), std::nullopt);
}

}  // namespace
}  // namespace casebridge::model
