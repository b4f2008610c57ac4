// Amounts and days as they are spelled on the wire.
#include <gtest/gtest.h>

#include "plugins/kansas_quick/wire_values.hpp"

namespace casebridge::kansas_quick {
namespace {

TEST(WireValues, AmountsHaveNineDigitsAndTwoDecimals) {
  EXPECT_EQ(parse_amount("400.00")->cents, 40000);
  EXPECT_EQ(parse_amount("-0.05")->cents, -5);
  EXPECT_EQ(parse_amount("123456789.00")->cents, 12345678900);
  for (const char* wrong :
       {"", "400", "400.0", "400.000", "1,400.00", "1234567890.00", "+1.00", ".50", "--1.00", "1e2.00"})
    EXPECT_FALSE(parse_amount(wrong)) << wrong;
}

TEST(WireValues, FourSpellingsMeanThatThereIsNoDay) {
  for (const char* none : {"", "00010101", "20991231", "00000000"}) {
    const auto day = parse_date(none);
    ASSERT_TRUE(day) << none;
    EXPECT_EQ(day->reason(), Missing::absent);
  }
  EXPECT_EQ((*parse_date("20260316"))->text(), "2026-03-16");
  for (const char* wrong : {"2026-03-16", "20260230", "202603", "2026031x"}) EXPECT_FALSE(parse_date(wrong));
}

TEST(WireValues, HistoryBeginsThreeYearsBackAndADayOn) {
  EXPECT_EQ(history_start(*model::Date::parse("2026-03-16")).text(), "2023-03-17");
  EXPECT_EQ(history_start(*model::Date::parse("2028-02-29")).text(), "2025-03-01");
  EXPECT_EQ(wire_date(*model::Date::parse("2026-03-16")), "20260316");
}

}  // namespace
}  // namespace casebridge::kansas_quick
