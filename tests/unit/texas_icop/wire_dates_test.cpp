// Dates, local times, and the way back by months.
#include "plugins/texas_icop/wire_dates.hpp"

#include <gtest/gtest.h>

#include "tests/unit/texas_icop/answer_text.hpp"

namespace casebridge::texas_icop {
namespace {

using model::Date;

TEST(WireDates, AreReadMonthFirst) {
  EXPECT_EQ((**parse_wire_date("07/04/2026")), *Date::of(2026, 7, 4));
  EXPECT_EQ((**parse_wire_date("02/29/2024")), *Date::of(2024, 2, 29));
}

TEST(WireDates, WithoutAValueAreAbsentInEveryForm) {
  AnswerText answer(R"({"a": "", "b": "00/00/0000", "c": null})");
  for (const char* member : {"a", "b", "c", "missing"}) {
    const Known<Date> date = answer.root().date(member);
    EXPECT_FALSE(date.known()) << member;
    EXPECT_EQ(date.reason(), Missing::absent) << member;
  }
  EXPECT_TRUE(answer.reading.followed());
}

TEST(WireDates, OfNoCalendarDayAreRefused) {
  for (const char* text : {"02/30/2026", "02/29/2026", "13/01/2026", "00/10/2026", "01/00/2026", "1/2/2026",
                           "2026-01-02", "01-02-2026", "01/02/26", "aa/bb/cccc", "01/02/2026 ", " "})
    EXPECT_FALSE(parse_wire_date(text)) << text;
}

TEST(WireDates, ThatAreNumbersAreABreach) {
  AnswerText answer(R"({"day": 20260102})");
  (void)answer.root().date("day");
  EXPECT_EQ(answer.reading.where(), "/day");
}

TEST(WireLocalTimes, KnowTheTwelveHours) {
  EXPECT_EQ(parse_wire_local_time("04/07/2026 09:30 AM"), "2026-04-07T09:30");
  EXPECT_EQ(parse_wire_local_time("04/07/2026 09:30 PM"), "2026-04-07T21:30");
  EXPECT_EQ(parse_wire_local_time("04/07/2026 12:00 AM"), "2026-04-07T00:00");
  EXPECT_EQ(parse_wire_local_time("04/07/2026 12:05 PM"), "2026-04-07T12:05");
  for (const char* text :
       {"04/07/2026 00:30 AM", "04/07/2026 13:30 PM", "04/07/2026 09:60 AM", "04/07/2026 09:30",
        "04/31/2026 09:30 AM", "04/07/2026 09:30 am", "00/00/0000 09:30 AM", ""})
    EXPECT_FALSE(parse_wire_local_time(text)) << text;
}

TEST(MonthsBefore, EndsOnADayThatExists) {
  EXPECT_EQ(months_before(*Date::of(2026, 3, 16), 24), *Date::of(2024, 3, 16));
  EXPECT_EQ(months_before(*Date::of(2028, 2, 29), 24), *Date::of(2026, 2, 28));
  EXPECT_EQ(months_before(*Date::of(2026, 1, 31), 2), *Date::of(2025, 11, 30));
}

}  // namespace
}  // namespace casebridge::texas_icop
