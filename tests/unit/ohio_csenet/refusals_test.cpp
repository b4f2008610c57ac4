// Answers that are none: statuses, the nightly batch, wrong types.
#include <gtest/gtest.h>

#include "core/base/instant.hpp"
#include "plugins/ohio_csenet/refusals.hpp"

namespace casebridge::ohio_csenet {
namespace {

using model::Outcome;

const Instant now = *parse_instant("2026-03-17T03:40:00Z");  // 23:40 in Ohio

sdk::HttpResponse answer(int status, std::string body = {},
                         std::string type = "text/plain; charset=us-ascii") {
  sdk::HttpResponse made;
  made.status = status;
  made.body = std::move(body);
  made.headers = {{"Content-Type", std::move(type)}};
  return made;
}

Outcome outcome_of(sdk::HttpResponse response, bool is_job = false) {
  return refusal_of(response, CodePage::ascii, is_job, now).outcome;
}

TEST(Refusals, StatusesMeanWhatTheDocumentSays) {
  EXPECT_EQ(outcome_of(answer(401, "ERR 401 SESSION\n")), Outcome::session_expired);
  EXPECT_EQ(outcome_of(answer(404), true), Outcome::not_found);
  EXPECT_EQ(outcome_of(answer(404)), Outcome::source_rejected);
  EXPECT_EQ(outcome_of(answer(415)), Outcome::bug);
  EXPECT_EQ(outcome_of(answer(422)), Outcome::bug);
  EXPECT_EQ(outcome_of(answer(500)), Outcome::unavailable);
  EXPECT_EQ(outcome_of(answer(400)), Outcome::source_rejected);
  EXPECT_EQ(outcome_of(answer(302)), Outcome::schema_drift);
}

TEST(Refusals, WaitsAreCountedFromTheStatesClock) {
  auto busy = answer(429, "ERR 429 LIMIT\n");
  busy.headers.push_back({"Retry-After", "20"});
  busy.date = now + std::chrono::hours{3};
  const auto refusal = refusal_of(busy, CodePage::ascii, false, now);
  EXPECT_EQ(refusal.outcome, Outcome::rate_limited);
  EXPECT_EQ(refusal.until, *busy.date + std::chrono::seconds{20});
}

TEST(Refusals, BatchIsToldFromOtherAbsences) {
  auto batch = answer(503, "ERR 503 BATCH UNTIL 0030\n");
  const auto refusal = refusal_of(batch, CodePage::ascii, false, now);
  EXPECT_EQ(refusal.outcome, Outcome::maintenance);
  EXPECT_EQ(refusal.until, parse_instant("2026-03-17T04:30:00Z"));
  EXPECT_EQ(outcome_of(answer(503, "<html>", "text/html")), Outcome::unavailable);
  EXPECT_EQ(outcome_of(answer(503)), Outcome::unavailable);
}

TEST(Refusals, EndOfTheBatchIsTheNextTimeThatTheClockShowsIt) {
  EXPECT_EQ(batch_end("ERR 503 BATCH UNTIL 0030", *parse_instant("2026-03-17T04:10:00Z")),
            parse_instant("2026-03-17T04:30:00Z"));
  EXPECT_EQ(batch_end("ERR 503 BATCH UNTIL 0030", *parse_instant("2026-01-17T04:40:00Z")),
            parse_instant("2026-01-17T05:30:00Z"));
  for (const char* wrong : {"ERR 503 BATCH UNTIL 2430", "ERR 503 BATCH UNTIL 030", "ERR 401 SESSION", ""})
    EXPECT_FALSE(batch_end(wrong, now)) << wrong;
}

TEST(Refusals, OtherTypesAndCodePagesAreNotRead) {
  EXPECT_FALSE(wrong_type(answer(200), "text/plain", CodePage::ascii));
  EXPECT_FALSE(
      wrong_type(answer(200, "", "Text/Plain; charset=\"US-ASCII\""), "text/plain", CodePage::ascii));
  EXPECT_FALSE(wrong_type(answer(200, "", "text/plain"), "text/plain", CodePage::cp037));
  EXPECT_EQ(wrong_type(answer(200), "text/plain", CodePage::cp037)->outcome, Outcome::schema_drift);
  EXPECT_EQ(wrong_type(answer(200), "application/x-csenet", CodePage::ascii)->outcome, Outcome::unavailable);
}

}  // namespace
}  // namespace casebridge::ohio_csenet
