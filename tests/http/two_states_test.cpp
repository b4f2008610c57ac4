// One debt in two states, as the API tells it: side by side, counted once.
#include "tests/http/front_world.hpp"
#include "tests/support/interstate_family.hpp"

namespace casebridge::tests {
namespace {

using nlohmann::json;

class TwoStates : public FrontWorld {
 protected:
  void SetUp() override {
    FrontWorld::SetUp();
    me = signed_in();
  }
  void link(const std::string& system, casebridge::testing::ScriptedAdapter& adapter, const std::string& key,
            const model::CaseContent& content) {
    adapter.next_begin([system] { return casebridge::testing::signed_in("person at " + system); });
    const Answer begun = post("/v1/link-attempts",
                              {{"mode", "create"}, {"system_id", system}, {"custody", "session_only"}}, me);
    ASSERT_EQ(answer_credentials(begun, me, "Right-" + system).status, 200);
    adapter.next_list([key] { return ports::Answer<model::CaseList>(casebridge::testing::list_of({key})); });
    adapter.next_read(
        [content](const model::CaseReadQuery&) { return ports::Answer<model::CaseContent>(content); });
    run_jobs();
  }
  void link_both(const casebridge::testing::StateSide& ohio = {}) {
    using namespace casebridge::testing;
    link("tx-icop", systems_.texas, texas_case, texas_side());
    link("oh-csenet", systems_.ohio, ohio_case, ohio_side(ohio));
  }
  With me;
};

TEST_F(TwoStates, AClusterShowsBothFiguresAndOneOfThemIsOfficial) {
  link_both();
  const Answer list = get("/v1/cases", me);
  ASSERT_EQ(list.body.at("clusters").size(), 1U) << list.text;
  const json& cluster = list.body.at("clusters").at(0);
  EXPECT_EQ(cluster.at("state"), "confirmed");
  const json& said = cluster.at("reconciliation");
  EXPECT_EQ(said.at("official").at("amount"), (json{{"amount", "5000.00"}, {"currency", "USD"}}));
  EXPECT_EQ(said.at("others").at(0).at("amount").at("amount"), "4800.00");
  EXPECT_EQ(said.at("others").at(0).at("difference").at("amount"), "200.00");
  EXPECT_EQ(said.at("in_transit").at("amount"), "200.00");
  EXPECT_EQ(said.at("combined_arrears").at("amount"), "5000.00");
}

TEST_F(TwoStates, TheSummaryCountsTheDebtOnce) {
  link_both();
  const Answer summary = get("/v1/me/summary", me);
  ASSERT_EQ(summary.status, 200) << summary.text;
  EXPECT_EQ(summary.body.at("arrears").at("combined").at("amount"), "5000.00");
  EXPECT_EQ(summary.body.at("arrears").at("note"), nullptr);
  EXPECT_EQ(summary.body.at("last_payment").at("amount").at("amount"), "200.00");
  for (const char* target : {"/v1/cases", "/v1/ledger", "/v1/me/summary"})
    EXPECT_EQ(get(target, me).text.find("\"9800.00\""), std::string::npos) << target;
}

TEST_F(TwoStates, AnUnsureDebtIsNotAddedUpAndAPersonIsToldWhy) {
  link_both({.names_the_other = false});
  const Answer summary = get("/v1/me/summary", me);
  EXPECT_EQ(summary.body.at("arrears").at("combined"), nullptr);
  EXPECT_EQ(summary.body.at("arrears").at("note_key"), "summary.may_be_same_debt");
  EXPECT_NE(summary.body.at("arrears").at("note").get<std::string>().find("same debt"), std::string::npos);
  for (const char* target : {"/v1/cases", "/v1/ledger", "/v1/me/summary"})
    EXPECT_EQ(get(target, me).text.find("\"9800.00\""), std::string::npos) << target;
}

TEST_F(TwoStates, ARelayedPaymentIsOneEntryWithFourLegs) {
  link_both();
  const Answer page = get("/v1/ledger", me);
  int merged = 0, on_the_way = 0;
  for (const json& entry : page.body.at("data")) {
    on_the_way += entry.value("in_transit", false) ? 1 : 0;
    if (!entry.contains("legs")) continue;
    ++merged;
    EXPECT_EQ(entry.at("legs").size(), 4U);
    EXPECT_EQ(entry.at("same_as").size(), 1U);
  }
  EXPECT_EQ(merged, 12);
  EXPECT_EQ(on_the_way, 1);
}

TEST_F(TwoStates, NothingLinkedHasNoSum) {
  const Answer summary = get("/v1/me/summary", me);
  EXPECT_EQ(summary.body.at("arrears").at("agreement"), "not_available");
  EXPECT_EQ(summary.body.at("arrears").at("combined"), nullptr);
  EXPECT_EQ(summary.body.at("in_transit"), nullptr);
}

}  // namespace
}  // namespace casebridge::tests
