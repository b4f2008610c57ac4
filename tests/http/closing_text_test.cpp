// The sentence about a state that is closed, by its own clocks, in each language.
#include <gtest/gtest.h>

#include "core/http/encode/closing_text.hpp"
#include "tests/support/places.hpp"

namespace casebridge::http::encode {
namespace {

class ClosingText : public ::testing::Test {
 protected:
  std::string told(std::string_view language, std::string_view until,
                   const std::optional<std::string>& as_of = std::nullopt,
                   std::string_view now = "2026-03-01T09:00:00Z") {
    const desk::StateClosing closing{"Texas", "Texas", "America/Chicago", *parse_instant(until)};
    return closing_text(closing, as_of, {messages_, language, {}, {}, *parse_instant(now)});
  }

  const Messages messages_ =
      Messages::load(casebridge::tests::in_source("config/messages"), {"en", "es"}).value();
};

TEST_F(ClosingText, tells_the_end_by_the_clocks_of_the_state) {
  EXPECT_EQ(told("en", "2026-03-01T12:00:00Z"), "Texas is closed for maintenance until 6 AM Texas time.");
  EXPECT_EQ(told("es", "2026-03-01T12:00:00Z"),
            "Texas está cerrado por mantenimiento hasta las 6:00, hora de Texas.");
}

TEST_F(ClosingText, tells_the_day_of_the_figures) {
  EXPECT_EQ(told("en", "2026-03-01T12:00:00Z", "2026-02-27"),
            "Texas is closed for maintenance until 6 AM Texas time; these figures are from February 27.");
  EXPECT_EQ(told("es", "2026-03-01T12:00:00Z", "2026-02-27"),
            "Texas está cerrado por mantenimiento hasta las 6:00, hora de Texas; estas cifras son del 27 de "
            "febrero.");
}

TEST_F(ClosingText, tells_the_day_of_the_reading_where_the_state_names_none) {
  const desk::StateClosing closing{"Texas", "Texas", "America/Chicago",
                                   *parse_instant("2026-03-01T12:00:00Z")};
  const ProblemContext context{messages_, "en", {}, {}, *parse_instant("2026-03-01T09:00:00Z")};
  EXPECT_EQ(closing_text(closing, std::nullopt, context, parse_instant("2026-02-28T05:59:59Z")),
            "Texas is closed for maintenance until 6 AM Texas time; these figures are from February 27.");
}

TEST_F(ClosingText, tells_the_year_of_figures_from_another_one) {
  EXPECT_EQ(
      told("en", "2026-03-01T12:00:00Z", "2025-12-31"),
      "Texas is closed for maintenance until 6 AM Texas time; these figures are from December 31, 2025.");
}

TEST_F(ClosingText, names_the_day_when_it_is_not_today) {
  EXPECT_EQ(told("en", "2026-03-02T18:30:00Z"),
            "Texas is closed for maintenance until 12:30 PM Texas time on March 2.");
  EXPECT_EQ(told("es", "2026-03-02T18:30:00Z"),
            "Texas está cerrado por mantenimiento hasta las 12:30, hora de Texas, del 2 de marzo.");
}

TEST_F(ClosingText, knows_today_by_the_clocks_of_the_state) {
  // 03:00 UTC is still the evening before in Texas.
  EXPECT_EQ(told("en", "2026-03-02T05:05:00Z", std::nullopt, "2026-03-02T03:00:00Z"),
            "Texas is closed for maintenance until 11:05 PM Texas time.");
  EXPECT_EQ(told("en", "2026-03-02T06:00:00Z", std::nullopt, "2026-03-02T03:00:00Z"),
            "Texas is closed for maintenance until 12 AM Texas time on March 2.");
}

TEST_F(ClosingText, is_empty_for_a_state_that_is_open) {
  EXPECT_EQ(closing_text(std::nullopt, "2026-02-27", {messages_, "en", {}, {}, Instant{}}), "");
}

}  // namespace
}  // namespace casebridge::http::encode
