// What an answer means before anything in it is read.
#include <gtest/gtest.h>

#include "tests/unit/kansas_quick/sample_answer.hpp"

namespace casebridge::kansas_quick::testing {
namespace {

using model::Outcome;

Outcome outcome_of(const std::string& body, int status = 200) {
  const auto answer = opened(body, status);
  if (!answer.refused()) throw std::runtime_error("this answer was expected to be refused");
  return answer.refusal().outcome;
}

TEST(QuickAnswer, GoodOneGivesItsPayload) {
  const auto answer = opened(response("GetFinancial", "<AsOfDate>20260301</AsOfDate>"));
  ASSERT_TRUE(answer);
  Reading reading;
  EXPECT_EQ(answer->payload(reading).date(quick("AsOfDate"))->text(), "2026-03-01");
  EXPECT_TRUE(reading.followed());
}

TEST(QuickAnswer, EveryFaultHasItsOutcome) {
  const std::pair<const char*, Outcome> rows[] = {{"A01", Outcome::not_permitted},
                                                  {"A02", Outcome::bug},
                                                  {"A03", Outcome::bug},
                                                  {"A04", Outcome::needs_enrolment},
                                                  {"A05", Outcome::interaction_needed},
                                                  {"A06", Outcome::not_permitted},
                                                  {"A09", Outcome::rate_limited},
                                                  {"R01", Outcome::bug},
                                                  {"S90", Outcome::unavailable},
                                                  {"S91", Outcome::maintenance},
                                                  {"Z99", Outcome::unavailable}};
  for (const auto& [code, outcome] : rows) EXPECT_EQ(outcome_of(fault(code), 500), outcome) << code;
  EXPECT_EQ(opened(fault("A05"), 500).refusal().reason, "step_up");
}

TEST(QuickAnswer, WaitIsCountedFromNowAndHasADefaultForAHeldIssuer) {
  const auto told = opened(fault("S91", "<q:RetryAfterSeconds>90</q:RetryAfterSeconds>"), 500);
  EXPECT_EQ(told.refusal().until, sample_now + std::chrono::seconds{90});
  EXPECT_EQ(opened(fault("A09"), 500).refusal().until, sample_now + std::chrono::seconds{300});
  EXPECT_FALSE(opened(fault("S91", "<q:RetryAfterSeconds>soon</q:RetryAfterSeconds>"), 500).refusal().until);
}

TEST(QuickAnswer, FaultCountsAlsoWithStatus200AndBesideData) {
  EXPECT_EQ(outcome_of(fault("S90")), Outcome::unavailable);
  std::string both = response("GetFinancial", "");
  both.insert(both.find("</soap:Body>"),
              "<soap:Fault><faultcode xmlns=\"\">soap:Server</faultcode></soap:Fault>");
  EXPECT_EQ(outcome_of(both), Outcome::unavailable);
}

TEST(QuickAnswer, FaultWithoutACodeIsOursOrTheirs) {
  const auto bare = [](const char* side) {
    return envelope("<soap:Fault><faultcode xmlns=\"\">soap:" + std::string(side) +
                    "</faultcode></soap:Fault>");
  };
  EXPECT_EQ(outcome_of(bare("Client"), 500), Outcome::bug);
  EXPECT_EQ(outcome_of(bare("Server"), 500), Outcome::unavailable);
}

TEST(QuickAnswer, ResponseCodesCountBeforeData) {
  EXPECT_EQ(outcome_of(response("GetFinancial", "<AsOfDate>20260301</AsOfDate>", "000", "901")),
            Outcome::unavailable);
  EXPECT_EQ(outcome_of(response("GetFinancial", "", "406")), Outcome::not_found);
  EXPECT_EQ(outcome_of(response("GetFinancial", "", "407")), Outcome::not_found);
  EXPECT_EQ(outcome_of(response("GetFinancial", "", "410")), Outcome::invalid_field);
  EXPECT_EQ(outcome_of(response("GetFinancial", "", "499")), Outcome::schema_drift);
  EXPECT_EQ(outcome_of(response("GetFinancial", "", "000", "100")), Outcome::schema_drift);
}

TEST(QuickAnswer, WhatIsNotTheInterfaceIsRefused) {
  EXPECT_EQ(outcome_of(response("GetCaseActivities", "")), Outcome::schema_drift);
  EXPECT_EQ(outcome_of(envelope("<GetFinancialResponse/>")), Outcome::schema_drift);
  EXPECT_EQ(outcome_of("<!DOCTYPE x [<!ENTITY e \"v\">]>" + response("GetFinancial", "")),
            Outcome::schema_drift);
  EXPECT_EQ(outcome_of(response("GetFinancial", "&e;")), Outcome::schema_drift);
  EXPECT_EQ(outcome_of(response("GetFinancial", ""), 500), Outcome::schema_drift);
  EXPECT_EQ(outcome_of("", 404), Outcome::unavailable);
  std::string deep;
  for (int i = 0; i < 40; ++i) deep = "<Level>" + deep + "</Level>";
  EXPECT_EQ(outcome_of(response("GetFinancial", deep)), Outcome::schema_drift);
}

}  // namespace
}  // namespace casebridge::kansas_quick::testing
