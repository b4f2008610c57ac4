// Amounts, dates and instants of the payment account, right and wrong.
#include "plugins/texas_smart/wire_values.hpp"

#include <gtest/gtest.h>

namespace casebridge::texas_smart {
namespace {

TEST(SmartAmount, IsReadToTheCent) {
  EXPECT_EQ(parse_amount("2310.75")->cents, 231075);
  EXPECT_EQ(parse_amount("-150.00")->cents, -15000);
  EXPECT_EQ(parse_amount("0.00")->cents, 0);
}

TEST(SmartAmount, WithAnyOtherSpellingIsNone) {
  for (const char* text : {"", "820", "820.0", "820.000", "2,310.75", "$820.00", "+820.00", ".75", "8 20.00",
                           "820.00 ", "1e2.00", "--1.00", "99999999999999999999.00"})
    EXPECT_FALSE(parse_amount(text)) << text;
}

TEST(SmartDate, IsADayOrSaysThatThereIsNone) {
  EXPECT_EQ((**parse_date("2026-03-13")).text(), "2026-03-13");
  EXPECT_EQ(parse_date("0001-01-01")->reason(), Missing::absent);
  EXPECT_EQ(parse_date("9999-12-31")->reason(), Missing::absent);
  for (const char* text : {"", "2026-02-30", "13.03.2026", "2026-03-13Z"})
    EXPECT_FALSE(parse_date(text)) << text;
}

TEST(SmartInstant, HonoursItsOffset) {
  EXPECT_EQ(to_text(*parse_date_time("2026-03-16T09:30:00-05:00")), "2026-03-16T14:30:00Z");
  EXPECT_EQ(to_text(*parse_date_time("2026-01-16T09:30:00.25-06:00")), "2026-01-16T15:30:00Z");
  EXPECT_EQ(to_text(*parse_date_time("2026-03-16T00:30:00+01:30")), "2026-03-15T23:00:00Z");
  EXPECT_EQ(to_text(*parse_date_time("2026-03-16T14:30:00Z")), "2026-03-16T14:30:00Z");
}

TEST(SmartInstant, WithoutAnOffsetIsNone) {
  for (const char* text :
       {"", "2026-03-16T09:30:00", "2026-03-16T09:30:00-5:00", "2026-03-16T09:30:00-15:00",
        "2026-03-16T09:30:00.-05:00", "2026-03-16 09:30:00-05:00", "2026-03-16T09:30:00-05:60"})
    EXPECT_FALSE(parse_date_time(text)) << text;
}

TEST(SmartCaseNumber, HasTenDigits) {
  EXPECT_TRUE(is_case_number("0023456789"));
  for (const char* text : {"", "23456789", "00234567890", "002345678a"})
    EXPECT_FALSE(is_case_number(text)) << text;
}

}  // namespace
}  // namespace casebridge::texas_smart
