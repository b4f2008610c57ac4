// Instants: one text form, read strictly.
#include "core/base/instant.hpp"

#include <gtest/gtest.h>

namespace casebridge {
namespace {

using namespace std::chrono_literals;

TEST(Instant, HasOneTextForm) {
  EXPECT_EQ(to_text(Instant{0s}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_text(Instant{1773669600s}), "2026-03-16T14:00:00Z");
  EXPECT_EQ(to_text(Instant{-1s}), "1969-12-31T23:59:59Z");
}

TEST(Instant, ReadsWhatItWrites) {
  for (const std::string_view text : {"1970-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "2000-02-29T00:00:00Z",
                                      "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"})
    EXPECT_EQ(to_text(*parse_instant(text)), text);
}

TEST(Instant, CutsFractionsOff) {
  EXPECT_EQ(parse_instant("2026-03-16T14:00:00.999Z"), parse_instant("2026-03-16T14:00:00Z"));
  EXPECT_EQ(parse_instant("2026-03-16T14:00:00.1Z"), parse_instant("2026-03-16T14:00:00Z"));
}

TEST(Instant, RefusesEverythingElse) {
  for (const std::string_view text : {"",
                                      "Z",
                                      "2026-03-16",
                                      "2026-03-16T14:00:00",
                                      "2026-03-16 14:00:00Z",
                                      "2026-03-16t14:00:00Z",
                                      "2026-03-16T14:00:00z",
                                      "2026-03-16T14:00:00+00:00",
                                      "2026-03-16T14:00Z",
                                      "2026-3-16T14:00:00Z",
                                      "2026-03-16T14:00:00.Z",
                                      "2026-03-16T14:00:00,5Z",
                                      "2026-03-16T14:00:00.5xZ",
                                      "2026-03-16T24:00:00Z",
                                      "2026-03-16T14:60:00Z",
                                      "2026-03-16T14:00:60Z",
                                      "2026-02-29T00:00:00Z",
                                      "2026-13-01T00:00:00Z",
                                      "2026-00-01T00:00:00Z",
                                      "2026-01-00T00:00:00Z",
                                      "1900-02-29T00:00:00Z",
                                      "-026-01-01T00:00:00Z",
                                      "2026-01-01T-1:00:00Z",
                                      " 2026-03-16T14:00:00Z",
                                      "2026-03-16T14:00:00Z ",
                                      "2026-03-16T14:00:00ZZ"})
    EXPECT_FALSE(parse_instant(text)) << text;
}

}  // namespace
}  // namespace casebridge
