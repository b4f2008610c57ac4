// Dates and the clocks of zones, daylight time and the years beyond the tables included.
#include "core/model/date.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "core/model/time_zone.hpp"

namespace casebridge::model {
namespace {

Instant at(std::string_view text) { return *parse_instant(text); }

TEST(Date, ReadsIsoDaysThatExist) {
  EXPECT_EQ(Date::parse("2026-03-16")->text(), "2026-03-16");
  EXPECT_EQ(Date::parse("2024-02-29")->text(), "2024-02-29");
  for (const char* text : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-1-01", "0000-01-01",
                           "2026/01/01", "2026-01-01T", "", "abcd-01-01", "+026-01-01", "20260101"})
    EXPECT_FALSE(Date::parse(text)) << text;
}

TEST(Date, CountsDays) {
  const Date day = *Date::of(2026, 2, 27);
  EXPECT_EQ(day.plus_days(2).text(), "2026-03-01");
  EXPECT_EQ(day.plus_days(-58).text(), "2025-12-31");
  EXPECT_EQ(day.days_until(*Date::of(2026, 3, 16)), 17);
  EXPECT_EQ(day.days_until(*Date::of(2026, 2, 26)), -1);
  EXPECT_LT(day, *Date::of(2026, 2, 28));
  EXPECT_EQ(day.year(), 2026);
}

TEST(Date, FollowsTheClockOnTheWall) {
  EXPECT_EQ(Date::in_zone(at("2026-03-16T04:59:59Z"), "America/Chicago")->text(), "2026-03-15");
  EXPECT_EQ(Date::in_zone(at("2026-03-16T05:00:00Z"), "America/Chicago")->text(), "2026-03-16");
  EXPECT_EQ(Date::in_zone(at("2026-01-16T05:30:00Z"), "America/Chicago")->text(), "2026-01-15");
  EXPECT_EQ(Date::in_zone(at("2026-03-16T12:00:00Z"), "Pacific/Kiritimati")->text(), "2026-03-17");
  EXPECT_EQ(Date::utc(at("1969-12-31T23:59:59Z")).text(), "1969-12-31");
}

TEST(Date, KnowsNoZoneThatIsNotThere) {
  for (const char* zone : {"", "America/Nowhere", "../../etc/passwd", "/etc/localtime", "America", "zone.tab",
                           "tzdata.zi", "America/Chicago\n", "US/../UTC"})
    EXPECT_FALSE(Date::in_zone(Instant{}, zone)) << zone;
}

TEST(TimeZone, ChangesAtTheSecondOfDaylightTime) {
  const auto chicago = find_time_zone("America/Chicago");
  ASSERT_TRUE(chicago);
  EXPECT_EQ(chicago->offset_at(at("2026-03-08T07:59:59Z")), std::chrono::hours{-6});
  EXPECT_EQ(chicago->offset_at(at("2026-03-08T08:00:00Z")), std::chrono::hours{-5});
  EXPECT_EQ(chicago->offset_at(at("2026-11-01T06:59:59Z")), std::chrono::hours{-5});
  EXPECT_EQ(chicago->offset_at(at("2026-11-01T07:00:00Z")), std::chrono::hours{-6});
  EXPECT_EQ(find_time_zone("America/Phoenix")->offset_at(at("2026-07-01T00:00:00Z")), std::chrono::hours{-7});
}

TEST(TimeZone, GoesOnByItsRuleAfterTheTable) {
  EXPECT_EQ(find_time_zone("America/Chicago")->offset_at(at("2090-07-01T00:00:00Z")), std::chrono::hours{-5});
  EXPECT_EQ(find_time_zone("America/Chicago")->offset_at(at("2090-12-31T23:00:00Z")), std::chrono::hours{-6});
  EXPECT_EQ(find_time_zone("Pacific/Auckland")->offset_at(at("2090-01-01T00:00:00Z")),
            std::chrono::hours{13});
  EXPECT_EQ(find_time_zone("Pacific/Auckland")->offset_at(at("2090-07-01T00:00:00Z")),
            std::chrono::hours{12});
  EXPECT_EQ(find_time_zone("Etc/UTC")->offset_at(at("2090-07-01T00:00:00Z")), std::chrono::hours{0});
}

TEST(TimeZone, RefusesFilesThatAreCutOrForeign) {
  EXPECT_FALSE(TimeZone::parse(""));
  EXPECT_FALSE(TimeZone::parse("TZif2"));
  EXPECT_FALSE(TimeZone::parse(std::string(500, 'x')));
  std::string huge = "TZif2" + std::string(15, '\0');
  for (int i = 0; i < 6; ++i) huge += "\xFF\xFF\xFF\xFF";
  EXPECT_FALSE(TimeZone::parse(huge));
}

TEST(TimeZone, MayBeAskedByManyThreads) {
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (const char* zone : {"America/New_York", "America/Denver", "America/Los_Angeles", "America/Adak"})
        if (find_time_zone(zone)) ++right;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 16);
}

}  // namespace
}  // namespace casebridge::model
