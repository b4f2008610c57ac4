// Fields and run names.
#include "plugins/georgia_batch/wire_values.hpp"

#include <gtest/gtest.h>

#include "plugins/georgia_batch/run_id.hpp"
#include "plugins/georgia_batch/run_ledger.hpp"

namespace casebridge::georgia_batch {
namespace {

TEST(GeorgiaValues, AmountsHaveTwoDecimalsAndNothingElse) {
  EXPECT_EQ(parse_amount("475.00"), 47500);
  EXPECT_EQ(parse_amount("-50.05"), -5005);
  EXPECT_EQ(parse_amount("0.00"), 0);
  EXPECT_EQ(parse_amount("999999999999999.99"), 99999999999999999);
  for (const char* text : {"", "1", "1.0", "1.000", ".50", "-.50", "1,000.00", "$1.00", "+1.00", " 1.00",
                           "1.0x", "--1.00", "1234567890123456.00"})
    EXPECT_FALSE(parse_amount(text)) << text;
}

TEST(GeorgiaValues, DaysAreThoseOfTheCalendar) {
  EXPECT_TRUE(is_day("2024-02-29"));
  for (const char* text :
       {"2025-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-01", "20260101", "2026-01-0x", ""})
    EXPECT_FALSE(is_day(text)) << text;
  EXPECT_TRUE(is_moment("2026-03-30T15:00:00Z"));
  for (const char* text : {"2026-03-30T24:00:00Z", "2026-03-30T15:00:00", "2026-03-30 15:00:00Z",
                           "2026-02-30T15:00:00Z", "2026-03-30T15:60:00Z"})
    EXPECT_FALSE(is_moment(text)) << text;
}

TEST(GeorgiaValues, WallTimeFollowsDaylightTime) {
  EXPECT_EQ(local_time(*parse_instant("2026-03-30T15:00:00Z")).text(), "2026-03-30T11:00");
  EXPECT_EQ(local_time(*parse_instant("2026-01-30T03:05:00Z")).text(), "2026-01-29T22:05");
}

TEST(GeorgiaRunId, NamesAreExact) {
  const auto run = RunId::of_manifest("GA_MANI_20260317_02.json");
  ASSERT_TRUE(run);
  EXPECT_EQ(run->text(), "20260317-02");
  EXPECT_EQ(run->file_name(FileKind::bank), "GA_ACH_20260317_02.ach");
  EXPECT_EQ(run->file_name(FileKind::extract), "GA_EXTR_20260317_02.csv");
  for (const char* name : {"GA_MANI_20260317_00.json", "GA_MANI_20261317_01.json",
                           "GA_MANI_20260317_01.json.tmp", "GA_MANI_20260317-01.json",
                           "ga_mani_20260317_01.json", "GA_EXTR_20260317_01.csv", "GA_MANI_2026031_001.json"})
    EXPECT_FALSE(RunId::of_manifest(name)) << name;
  EXPECT_LT(*RunId::parse("20260316-02"), *RunId::parse("20260317-01"));
}

TEST(GeorgiaCalendar, RunIsMissedFromEightOnAndTriedAgainUntilTheNextEight) {
  const RunId run = *RunId::parse("20260316-01");
  const LoadedRun newest{run};
  EXPECT_EQ(nights_missed(newest, *parse_instant("2026-03-16T14:00:00Z")), 0);
  EXPECT_EQ(nights_missed(newest, *parse_instant("2026-03-17T11:59:59Z")), 0);
  EXPECT_EQ(nights_missed(newest, *parse_instant("2026-03-17T12:00:00Z")), 1);
  EXPECT_EQ(nights_missed(newest, *parse_instant("2026-03-19T12:00:00Z")), 3);
  const Instant at_night = *parse_instant("2026-03-16T07:00:00Z");
  EXPECT_EQ(next_look(run, at_night), at_night + std::chrono::minutes{5});
  const Instant at_noon = *parse_instant("2026-03-16T16:00:00Z");
  EXPECT_EQ(next_look(run, at_noon), at_noon + std::chrono::hours{1});
  EXPECT_TRUE(next_look(run, *parse_instant("2026-03-17T11:59:00Z")));
  EXPECT_FALSE(next_look(run, *parse_instant("2026-03-17T12:00:00Z")));
}

}  // namespace
}  // namespace casebridge::georgia_batch
