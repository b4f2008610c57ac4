// A kept answer is given for its account, its version and its time, and for nothing else.
#include "core/http/kept_answers.hpp"

#include <gtest/gtest.h>

namespace casebridge::http {
namespace {

using namespace std::chrono_literals;

Instant at(int seconds) { return *parse_instant("2026-03-16T14:00:00Z") + std::chrono::seconds(seconds); }
AccountId account(char last) {
  return *AccountId::parse("acc_0000000000000000000000000" + std::string(1, last));
}

class KeptAnswersTest : public ::testing::Test {
 protected:
  void keep(std::int64_t version, const std::string& body) {
    kept_.keep(account('A'), version, json(200, body), at(0), at(60));
  }
  std::string body_at(std::int64_t version, int seconds = 1, char who = 'A') {
    const auto found = kept_.find(account(who), version, at(seconds));
    return found ? found->body() : "";
  }
  KeptAnswers kept_{64};
};

TEST_F(KeptAnswersTest, GivesTheWholeAnswerBack) {
  Response answer = json(200, "first");
  answer.set("ETag", "\"tag\"");
  kept_.keep(account('A'), 7, answer, at(0), at(60));
  const auto found = kept_.find(account('A'), 7, at(59));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->status(), 200);
  EXPECT_EQ(found->body(), "first");
  EXPECT_EQ(found->field("etag"), "\"tag\"");
  EXPECT_EQ(found->field("content-type"), "application/json");
}

TEST_F(KeptAnswersTest, AnotherVersionIsAnotherAnswer) {
  keep(7, "first");
  EXPECT_EQ(body_at(8), "");
  EXPECT_EQ(body_at(6), "");
}

TEST_F(KeptAnswersTest, AnotherAccountGetsNothing) {
  keep(7, "first");
  EXPECT_EQ(body_at(7, 1, 'B'), "");
}

TEST_F(KeptAnswersTest, ItsTimeEnds) {
  keep(7, "first");
  EXPECT_EQ(body_at(7, 59), "first");
  EXPECT_EQ(body_at(7, 60), "");
}

TEST_F(KeptAnswersTest, AClockThatWasTurnedBackFindsNothing) {
  keep(7, "first");
  EXPECT_EQ(body_at(7, -1), "");
}

TEST_F(KeptAnswersTest, TheNewestVersionStays) {
  keep(8, "second");
  keep(7, "late");
  EXPECT_EQ(body_at(7), "");
  EXPECT_EQ(body_at(8), "second");
}

TEST_F(KeptAnswersTest, WhatIsTooLargeIsNotKept) {
  keep(7, std::string(65, 'x'));
  EXPECT_EQ(body_at(7), "");
}

TEST_F(KeptAnswersTest, OctetsAreBounded) {
  const std::string most(30, 'x');
  for (const char who : {'A', 'B', 'C'}) kept_.keep(account(who), 1, json(200, most), at(0), at(60));
  int found = 0;
  for (const char who : {'A', 'B', 'C'}) found += kept_.find(account(who), 1, at(1)) ? 1 : 0;
  EXPECT_EQ(found, 2);
  EXPECT_EQ(body_at(1, 1, 'C'), most);
}

}  // namespace
}  // namespace casebridge::http
