// Clocks: the running one follows the machine, the manual one only its test.
#include "core/base/clock.hpp"

#include <gtest/gtest.h>

namespace casebridge {
namespace {

using namespace std::chrono_literals;

Instant at(std::string_view text) { return *parse_instant(text); }

TEST(RunningClock, IsTheMachinesTimeUnlessShifted) {
  const auto before = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const Instant now = RunningClock().now();
  EXPECT_GE(now, before);
  EXPECT_LE(now, before + 5s);
}

TEST(RunningClock, StartsWhereASandboxStarts) {
  const Instant start = at("2026-03-16T14:00:00Z");
  const RunningClock clock(start);
  const Instant now = clock.now();
  EXPECT_GE(now, start);
  EXPECT_LE(now, start + 5s);
}

TEST(ManualClock, StandsStillUntilMoved) {
  ManualClock clock(at("2026-03-16T14:00:00Z"));
  EXPECT_EQ(clock.now(), at("2026-03-16T14:00:00Z"));
  clock.advance(90s);
  EXPECT_EQ(clock.now(), at("2026-03-16T14:01:30Z"));
  clock.advance(-30s);
  EXPECT_EQ(clock.now(), at("2026-03-16T14:01:00Z"));
  clock.set(at("2027-01-01T00:00:00Z"));
  EXPECT_EQ(clock.now(), at("2027-01-01T00:00:00Z"));
}

TEST(ManualClock, IsAClock) {
  const ManualClock manual(at("2026-03-16T14:00:00Z"));
  const Clock& clock = manual;
  EXPECT_EQ(to_text(clock.now()), "2026-03-16T14:00:00Z");
}

}  // namespace
}  // namespace casebridge
