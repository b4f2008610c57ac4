// Which answers are good, and what each of the others becomes.
#include "plugins/texas_smart/soap_answer.hpp"

#include <gtest/gtest.h>

#include <string>

namespace casebridge::texas_smart {
namespace {

using model::Outcome;

const Instant now = *parse_instant("2026-03-16T14:00:00Z");

sdk::HttpResponse answered(int status, const std::string& inner,
                           const std::string& type = "text/xml; charset=utf-8") {
  sdk::HttpResponse made;
  made.status = status;
  made.headers = {{"Content-Type", type}};
  made.body = R"(<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/")"
              R"( xmlns="urn:itexas:smart:1"><e:Body>)" +
              inner + "</e:Body></e:Envelope>";
  return made;
}

std::string fault(const std::string& members) {
  return "<e:Fault><faultcode xmlns=''>e:Client</faultcode><detail xmlns=''><SmartFault "
         "xmlns='urn:itexas:smart:1'>" +
         members + "</SmartFault></detail></e:Fault>";
}

model::Refusal refusal_of(sdk::HttpResponse response) {
  const auto opened = open_answer(std::move(response), "GetCases", now);
  EXPECT_TRUE(opened.refused());
  return opened.refused() ? opened.refusal() : model::Refusal{};
}

TEST(SmartAnswer, IsTheResponseOfTheOperation) {
  EXPECT_TRUE(open_answer(answered(200, "<GetCasesResponse/>"), "GetCases", now));
  EXPECT_EQ(refusal_of(answered(200, "<GetBalanceResponse/>")).outcome, Outcome::schema_drift);
  EXPECT_EQ(refusal_of(answered(200, "")).outcome, Outcome::schema_drift);
  EXPECT_EQ(refusal_of(answered(200, "<GetCasesResponse/><GetCasesResponse/>")).outcome,
            Outcome::schema_drift);
  EXPECT_EQ(refusal_of(answered(500, "<GetCasesResponse/>")).outcome, Outcome::schema_drift);
}

TEST(SmartAnswer, WithAnotherContentTypeIsDriftOnlyWhereTheStateSaysThatAllIsWell) {
  EXPECT_EQ(refusal_of(answered(200, "", "text/html")).outcome, Outcome::schema_drift);
  EXPECT_EQ(refusal_of(answered(502, "", "text/html")).outcome, Outcome::unavailable);
  EXPECT_EQ(refusal_of(answered(429, "", "text/plain")).outcome, Outcome::rate_limited);
}

TEST(SmartAnswer, FaultIsReadByItsCodeWhateverTheStatus) {
  for (const int status : {200, 500}) {
    const auto rejected = refusal_of(answered(status, fault("<Code>S-101</Code><TriesLeft>2</TriesLeft>")));
    EXPECT_EQ(rejected.outcome, Outcome::credential_rejected);
    EXPECT_EQ(rejected.attempts_left, 2);
  }
  const auto locked = refusal_of(
      answered(500, fault("<Code>S-102</Code><LockedUntil>2026-03-16T09:30:00-05:00</LockedUntil>")));
  EXPECT_EQ(locked.outcome, Outcome::blocked);
  EXPECT_EQ(locked.until, now + std::chrono::minutes{30});
  const auto closed =
      refusal_of(answered(500, fault("<Code>S-503</Code><RetryAfterSeconds>1800</RetryAfterSeconds>")));
  EXPECT_EQ(closed.outcome, Outcome::maintenance);
  EXPECT_EQ(closed.until, now + std::chrono::seconds{1800});
  EXPECT_EQ(refusal_of(answered(500, fault("<Code>S-400</Code><Field>PayOn</Field>"))).field, "pay_on");
}

TEST(SmartAnswer, FaultThatNobodyKnowsIsTheStatesTrouble) {
  EXPECT_EQ(refusal_of(answered(500, fault("<Code>S-999</Code>"))).outcome, Outcome::unavailable);
  EXPECT_EQ(refusal_of(answered(500, "<e:Fault><faultcode xmlns=''>e:Server</faultcode></e:Fault>")).reason,
            "platform_fault");
}

TEST(SmartAnswer, KeepsTheFeeThatAParentHasToSee) {
  FaultDetail detail;
  const auto opened =
      open_answer(answered(500, fault("<Code>S-405</Code><Fee>6.38</Fee>")), "SubmitPayment", now, &detail);
  EXPECT_TRUE(opened.refused());
  EXPECT_EQ(detail.fee->cents, 638);
}

}  // namespace
}  // namespace casebridge::texas_smart
