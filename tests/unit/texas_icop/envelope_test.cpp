// What an answer means: `status` first, then HTTP, and times by the state's clock.
#include <gtest/gtest.h>

#include "plugins/texas_icop/answer_envelope.hpp"
#include "plugins/texas_icop/error_codes.hpp"

namespace casebridge::texas_icop {
namespace {

using model::Outcome;

const Instant our_now = *parse_instant("2026-03-16T13:00:00Z");
const Instant their_now = *parse_instant("2026-03-16T14:00:00Z");

sdk::HttpResponse answer_of(int status, std::string body,
                            std::string type = "application/json; charset=utf-8") {
  sdk::HttpResponse answer;
  answer.status = status;
  answer.headers = {{"Content-Type", std::move(type)}};
  answer.body = std::move(body);
  answer.date = their_now;
  return answer;
}

model::Refusal refusal_for(sdk::HttpResponse answer) {
  const auto opened = open_answer(std::move(answer), our_now);
  EXPECT_TRUE(opened.refused());
  return opened.refused() ? opened.refusal() : model::Refusal{};
}

std::string error_body(const std::string& code, const std::string& more = "") {
  return R"({"status": "ERROR", "error": {"code": ")" + code + R"(", "message": "Some text.")" + more + "}}";
}

TEST(Envelope, OpensAGoodAnswer) {
  const auto opened = open_answer(answer_of(200, R"({"status": "OK", "n": 1})"), our_now);
  ASSERT_TRUE(opened.done());
  EXPECT_EQ(opened->root().find("n")->number(), "1");
}

TEST(Envelope, ErrorWithHttp200IsAnError) {
  const auto why = refusal_for(answer_of(200, error_body("ICOP-5001")));
  EXPECT_EQ(why.outcome, Outcome::unavailable);
}

TEST(Envelope, KnowsTheCodes) {
  const std::tuple<int, const char*, Outcome, const char*> rows[] = {
      {401, "ICOP-1001", Outcome::credential_rejected, ""},
      {403, "ICOP-1004", Outcome::action_needed, "password_expired"},
      {403, "ICOP-1005", Outcome::blocked, "account_unavailable"},
      {401, "ICOP-1101", Outcome::interaction_needed, "wrong_answer"},
      {401, "ICOP-1102", Outcome::interaction_needed, "challenge_ended"},
      {401, "ICOP-1201", Outcome::session_expired, ""},
      {401, "ICOP-1202", Outcome::session_expired, "session_conflict"},
      {403, "ICOP-1900", Outcome::not_permitted, "client_refused"},
      {404, "ICOP-2004", Outcome::not_found, ""},
      {403, "ICOP-2003", Outcome::not_permitted, "role"},
      {500, "ICOP-5000", Outcome::unavailable, "internal_error"},
      {500, "ICOP-9999", Outcome::unavailable, "unknown_error_code"},
      {409, "ICOP-9999", Outcome::source_rejected, "unknown_error_code"}};
  for (const auto& [status, code, outcome, reason] : rows) {
    const auto why = refusal_for(answer_of(status, error_body(code)));
    EXPECT_EQ(why.outcome, outcome) << code;
    EXPECT_EQ(why.reason, reason) << code;
    EXPECT_FALSE(why.until) << code;
  }
}

TEST(Envelope, TellsWhatGoesWithALock) {
  const auto wrong = refusal_for(answer_of(401, error_body("ICOP-1001", R"(, "attemptsLeft": 4)")));
  EXPECT_EQ(wrong.attempts_left, 4);
  const auto locked =
      refusal_for(answer_of(403, error_body("ICOP-1003", R"(, "lockedUntil": "2026-03-16T14:15:00Z")")));
  EXPECT_EQ(locked.outcome, Outcome::blocked);
  EXPECT_EQ(locked.until, parse_instant("2026-03-16T14:15:00Z"));
}

TEST(Envelope, CountsWaitsFromTheStatesClock) {
  auto limited = answer_of(429, error_body("ICOP-4290", R"(, "retryAfterSeconds": 20)"));
  limited.headers.push_back({"Retry-After", "20"});
  EXPECT_EQ(refusal_for(limited).until, their_now + std::chrono::seconds{20});
  const auto by_body = refusal_for(answer_of(429, error_body("ICOP-1103", R"(, "retryAfterSeconds": 30)")));
  EXPECT_EQ(by_body.reason, "resend_too_early");
  EXPECT_EQ(by_body.until, their_now + std::chrono::seconds{30});
  auto undated = limited;
  undated.date.reset();
  EXPECT_EQ(refusal_for(undated).until, our_now + std::chrono::seconds{20});
}

TEST(Envelope, TakesAnHtml503ForMaintenance) {
  auto page = answer_of(503, "<!DOCTYPE html><html></html>", "text/html; charset=utf-8");
  page.headers.push_back({"Retry-After", "7200"});
  EXPECT_EQ(refusal_for(page).outcome, Outcome::maintenance);
  EXPECT_EQ(refusal_for(page).until, their_now + std::chrono::hours{2});
  page.headers.back().second = "Mon, 16 Mar 2026 18:00:00 GMT";
  EXPECT_EQ(refusal_for(page).until, their_now + std::chrono::hours{4});
}

TEST(Envelope, RefusesWhatFollowsNoDocument) {
  EXPECT_EQ(refusal_for(answer_of(200, R"({"status": "OK"})", "text/plain")).outcome, Outcome::schema_drift);
  for (const char* body : {"", "{", "[]", R"({"ok": true})", R"({"status": "FINE"})", R"({"status": true})",
                           R"({"status": "ERROR"})", R"({"status": "OK", "status": "ERROR"})"})
    EXPECT_EQ(refusal_for(answer_of(200, body)).outcome, Outcome::schema_drift) << body;
  EXPECT_EQ(refusal_for(answer_of(302, R"({"status": "OK"})")).outcome, Outcome::schema_drift);
  EXPECT_EQ(refusal_for(answer_of(500, "oops", "text/plain")).outcome, Outcome::unavailable);
  EXPECT_EQ(refusal_for(answer_of(429, "slow down", "text/plain")).outcome, Outcome::rate_limited);
}

TEST(Envelope, NamesTheFieldButNoText) {
  const auto why = refusal_for(answer_of(400, error_body("ICOP-2001", R"(, "field": "userName")")));
  EXPECT_EQ(why.outcome, Outcome::invalid_field);
  EXPECT_EQ(why.field, "user_name");
  const auto odd = refusal_for(answer_of(400, error_body("ICOP-2001", R"(, "field": "900-55-1234 <b>")")));
  EXPECT_EQ(odd.field, "");
}

}  // namespace
}  // namespace casebridge::texas_icop
