// Outcomes: the closed set, and what each one means outside the adapter.
#include <gtest/gtest.h>

#include "core/model/adapter_messages.hpp"

namespace casebridge::model {
namespace {

TroubleCode code_of(Outcome outcome, std::string reason = {}) {
  return trouble_of({.outcome = outcome, .reason = std::move(reason)}).code;
}

TEST(Outcome, HasNamesThatLeadBack) {
  EXPECT_EQ(outcome_names().size(), 19U);
  for (const std::string_view name : outcome_names()) EXPECT_EQ(name_of(*outcome_of(name)), name);
  EXPECT_EQ(outcome_of("fine"), std::nullopt);
}

TEST(Outcome, ReasonRefinesTheTrouble) {
  EXPECT_EQ(code_of(Outcome::interaction_needed, "wrong_answer"), TroubleCode::challenge_wrong_answer);
  EXPECT_EQ(code_of(Outcome::interaction_needed, "challenge_ended"), TroubleCode::challenge_expired);
  EXPECT_EQ(code_of(Outcome::interaction_needed), TroubleCode::needs_user);
  EXPECT_EQ(code_of(Outcome::blocked), TroubleCode::account_locked);
  EXPECT_EQ(code_of(Outcome::blocked, "account_unavailable"), TroubleCode::account_unavailable);
  EXPECT_EQ(code_of(Outcome::rate_limited, "resend_too_early"), TroubleCode::resend_too_early);
  EXPECT_EQ(code_of(Outcome::rate_limited, "something new"), TroubleCode::source_rate_limited);
}

TEST(Outcome, CarriesWhatTheStateReported) {
  const Instant until = *parse_instant("2026-03-16T14:15:00Z");
  const Trouble made = trouble_of({.outcome = Outcome::blocked, .attempts_left = 0, .until = until});
  EXPECT_EQ(made.retry_at, until);
  EXPECT_EQ(made.attempts_left, 0);
  EXPECT_EQ(made.remedy_action, "wait");
}

TEST(Outcome, LockWithoutAnEndNamesThePhoneThatOpensIt) {
  const Trouble made = trouble_of({.outcome = Outcome::blocked, .phone = "+18005550139"});
  EXPECT_EQ(made.code, TroubleCode::account_locked);
  EXPECT_FALSE(made.retry_at);
  EXPECT_EQ(made.remedy_action, "contact_agency");
  EXPECT_EQ(made.remedy_url, "tel:+18005550139");
}

TEST(Outcome, CutsLongDetails) {
  EXPECT_EQ(trouble_of({.outcome = Outcome::bug, .detail = std::string(5000, 'x')}).detail.size(), 200U);
}

}  // namespace
}  // namespace casebridge::model
