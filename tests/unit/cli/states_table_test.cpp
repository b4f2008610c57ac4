// The states as the command prints them: nothing is shown as surer than it is.
#include <gtest/gtest.h>

#include "core/cli/answers.hpp"

namespace casebridge::cli {
namespace {

std::string shown(const std::string& body) {
  const auto text = show_states({200, "", body});
  return text ? *text : "not understood";
}

std::string state_with(const std::string& phone, const std::string& systems = "") {
  return R"({"data":[{"name":"Texas","usps":"TX","agency":{"value":"Agency","provenance":"verified"},)"
         R"("official_url":{"value":"https://agency.example","provenance":"verified"},"portal_name":null,)"
         R"("phone":)" +
         phone + R"(,"systems":[)" + systems + "]}]}";
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(StatesTable, ShowsTheOfficialPageWhetherItCanBeLinkedOrNot) {
  const std::string without = shown(state_with("null"));
  EXPECT_TRUE(has(without, "Texas (TX)")) << without;
  EXPECT_TRUE(has(without, "https://agency.example\n")) << without;
  EXPECT_TRUE(has(without, "not here")) << without;
  EXPECT_TRUE(has(shown(state_with("null", R"({"id":"tx-icop"})")), "yes: tx-icop"));
}

TEST(StatesTable, APhoneThatIsNotVerifiedIsNotConfirmed) {
  for (const char* provenance : {"unverified", "secondary", "anything"}) {
    const std::string phone = R"({"value":"512-555-0101","provenance":")" + std::string(provenance) + R"("})";
    EXPECT_TRUE(has(shown(state_with(phone)), "512-555-0101 (not confirmed)")) << provenance;
  }
}

TEST(StatesTable, AVerifiedPhoneIsPlainAndAnOldPageTellsItsYear) {
  EXPECT_TRUE(
      has(shown(state_with(R"({"value":"512-555-0101","provenance":"verified"})")), "512-555-0101\n"));
  EXPECT_TRUE(has(shown(state_with(R"({"value":"512-555-0101","provenance":"verified","copy_year":2016})")),
                  "512-555-0101 (as of 2016)"));
}

TEST(StatesTable, NothingFoundIsSaid) { EXPECT_EQ(shown(R"({"data":[]})"), "No state is called that.\n"); }

TEST(StatesTable, AnAnswerOfAnotherShapeIsNotUnderstood) {
  for (const char* body : {"", "[]", "{}", R"({"data":{}})"})
    EXPECT_EQ(shown(body), "not understood") << body;
}

}  // namespace
}  // namespace casebridge::cli
