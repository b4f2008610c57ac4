// Cases and ledger through the API: envelopes, partial answers, pages, 304.
#include "tests/http/front_world.hpp"

namespace casebridge::tests {
namespace {

using casebridge::testing::SampleCase;
using nlohmann::json;

class Reading : public FrontWorld {
 protected:
  void SetUp() override {
    FrontWorld::SetUp();
    me = signed_in();
  }
  With signed_in_again() {
    const json details{{"email", "priya@example.com"}, {"password", identity::testing::good_password}};
    const Answer done = step(post("/v1/flows", {{"kind", "sign_in"}, {"transport", "bearer"}}), details);
    return {.bearer = done.body.at("session").at("token").get<std::string>()};
  }
  std::string only_case() { return get("/v1/cases", me).body.at("data").at(0).at("id"); }
  With me;
};

TEST_F(Reading, NothingLinkedIsNoneYet) {
  const Answer list = get("/v1/cases", me);
  EXPECT_EQ(list.status, 200);
  EXPECT_EQ(list.body.at("meta").at("completeness"), "none_yet");
  EXPECT_EQ(list.response.field("gateway-completeness"), "none_yet");
}

TEST_F(Reading, ACaseComesInItsEnvelope) {
  linked(me);
  const Answer list = get("/v1/cases", me);
  ASSERT_EQ(list.body.at("data").size(), 1U) << list.text;
  const json& record = list.body.at("data").at(0);
  EXPECT_EQ(record.at("type"), "case");
  EXPECT_EQ(record.at("source").at("system"), "tx-icop");
  EXPECT_EQ(record.at("source").at("jurisdiction"), "us-tx");
  EXPECT_EQ(record.at("freshness").at("status"), "fresh");
  EXPECT_TRUE(record.at("etag").get<std::string>().starts_with("\"v1-"));
  EXPECT_EQ(list.body.at("meta").at("completeness"), "complete");
}

TEST_F(Reading, AnUnchangedListIs304UntilItChanges) {
  linked(me);
  const Answer list = get("/v1/cases", me);
  With condition = me;
  condition.fields = {{"if-none-match", list.etag()}};
  const Answer same = get("/v1/cases", condition);
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.text, "");
  EXPECT_EQ(same.etag(), list.etag());
  EXPECT_EQ(list.response.field("cache-control"), "no-store");
  clock_.advance(std::chrono::hours{24 * 3});
  me = signed_in_again();
  condition.bearer = me.bearer;
  EXPECT_EQ(get("/v1/cases", condition).status, 200);
}

TEST_F(Reading, TheSameListIsTheSameOctets) {
  linked(me);
  const Answer first = get("/v1/cases", me), second = get("/v1/cases", me);
  EXPECT_EQ(first.text, second.text);
  EXPECT_EQ(first.etag(), second.etag());
  EXPECT_EQ(second.response.field("gateway-completeness"), "complete");
  EXPECT_EQ(second.response.field("cache-control"), "no-store");
}

TEST_F(Reading, ACommitShowsInTheVeryNextList) {
  const std::string link = linked(me);
  const Answer before = get("/v1/cases", me);
  clock_.advance(std::chrono::minutes{1});
  state_has({.payment_cents = {41250, 41250, 12345}});
  ASSERT_EQ(post("/v1/links/" + link + "/syncs", json::object(), me).status, 202);
  run_jobs();
  const Answer after = get("/v1/cases", me);
  EXPECT_NE(after.etag(), before.etag());
  EXPECT_EQ(after.body.at("data").at(0).at("freshness").at("verified_at"), to_text(clock_.now()));
}

TEST_F(Reading, AnUnlinkedCaseIsGoneFromTheVeryNextList) {
  const std::string link = linked(me);
  ASSERT_EQ(get("/v1/cases", me).body.at("data").size(), 1U);
  ASSERT_LT(remove("/v1/links/" + link, me).status, 300);
  EXPECT_EQ(get("/v1/cases", me).body.at("data").size(), 0U);
}

TEST_F(Reading, AnEndedSessionIsRefusedOnTheVeryNextRequest) {
  linked(me);
  const With other = signed_in_again();
  ASSERT_EQ(get("/v1/cases", me).status, 200);
  ASSERT_EQ(get("/v1/cases", other).status, 200);
  ASSERT_EQ(remove("/v1/me/sessions/current", me).status, 204);
  EXPECT_EQ(get("/v1/cases", me).code(), "token_invalid");
  EXPECT_EQ(get("/v1/cases", other).status, 200);
}

TEST_F(Reading, WhatTurnsWithTheClockAloneTurnsInTheList) {
  linked(me);
  ASSERT_EQ(get("/v1/cases", me).body.at("data").at(0).at("freshness").at("status"), "fresh");
  clock_.advance(std::chrono::hours{24});
  me = signed_in_again();
  EXPECT_EQ(get("/v1/cases", me).body.at("data").at(0).at("freshness").at("status"), "stale");
}

TEST_F(Reading, AnotherParentsListIsTheirOwn) {
  linked(me);
  ASSERT_EQ(get("/v1/cases", me).body.at("data").size(), 1U);
  EXPECT_EQ(get("/v1/cases", signed_in("dana@example.net")).body.at("data").size(), 0U);
}

TEST_F(Reading, OneCaseShowsWhatWasAskedFor) {
  linked(me);
  const std::string id = only_case();
  const Answer file = get("/v1/cases/" + id + "?include=orders,obligations,balances,ledger", me);
  ASSERT_EQ(file.status, 200) << file.text;
  const json& sections = file.body.at("sections");
  ASSERT_EQ(sections.size(), 4U);
  for (const json& record : sections.at("orders").at("data")) EXPECT_EQ(record.at("type"), "order");
  for (const json& record : sections.at("obligations").at("data")) EXPECT_EQ(record.at("type"), "obligation");
  EXPECT_FALSE(sections.at("obligations").at("data").empty());
  EXPECT_GE(sections.at("ledger").at("data").size(), 2U);
  EXPECT_EQ(get("/v1/cases/" + id, me).body.at("sections").size(), 0U);
}

TEST_F(Reading, WhatCannotBeAskedForIsSaid) {
  linked(me);
  EXPECT_EQ(get("/v1/cases/" + only_case() + "?include=secrets", me).body.at("field"), "include");
  EXPECT_EQ(get("/v1/cases?sort=amount", me).code(), "unsupported_parameter");
  EXPECT_EQ(get("/v1/cases/cas_00000000000000000000000000", me).code(), "not_found");
}

TEST_F(Reading, TheLedgerComesPageByPageWithoutGapsOrRepeats) {
  SampleCase sample;
  sample.payment_cents = {100, 200, 300, 400, 500};
  linked(me, sample);
  const Answer whole = get("/v1/ledger", me);
  std::vector<json> expected, found;
  for (const json& record : whole.body.at("data")) expected.push_back(record.at("id"));
  ASSERT_GE(expected.size(), 5U);
  std::string target = "/v1/ledger?limit=2";
  for (int pages = 0; pages < 20 && !target.empty(); ++pages) {
    const Answer page = get(target, me);
    ASSERT_EQ(page.status, 200) << page.text;
    for (const json& record : page.body.at("data")) found.push_back(record.at("id"));
    const json& next = page.body.at("page").at("next_cursor");
    EXPECT_EQ(page.body.at("page").at("has_more"), !next.is_null());
    target = next.is_null() ? "" : "/v1/ledger?limit=2&cursor=" + next.get<std::string>();
  }
  EXPECT_EQ(found, expected);
}

TEST_F(Reading, ACursorOfOneAccountIsNoneOfAnother) {
  linked(me);
  const Answer page = get("/v1/ledger?limit=1", me);
  const std::string cursor = page.body.at("page").at("next_cursor");
  EXPECT_NE(page.response.field("link").find("rel=\"next\""), std::string_view::npos);
  EXPECT_EQ(get("/v1/ledger?cursor=" + cursor, signed_in("sam@example.com")).code(), "cursor_invalid");
  EXPECT_EQ(get("/v1/ledger?cursor=c1.e30.00", me).code(), "cursor_invalid");
  EXPECT_EQ(get("/v1/ledger?case=" + only_case() + "&cursor=" + cursor, me).code(), "cursor_invalid");
  EXPECT_EQ(get("/v1/ledger?limit=501", me).body.at("field"), "limit");
}

TEST_F(Reading, NothingAtAllFromAnyStateIsAProblemWithItsSources) {
  systems_.texas.next_begin([] { return casebridge::testing::signed_in(); });
  ASSERT_EQ(answer_credentials(begin_link(me), me).status, 200);
  systems_.texas.next_list(
      []() -> ports::Answer<model::CaseList> { return trouble(TroubleCode::source_unavailable); });
  run_jobs();
  const Answer list = get("/v1/cases", me);
  EXPECT_EQ(list.status, 503);
  EXPECT_EQ(list.code(), "all_sources_unavailable");
  EXPECT_EQ(list.body.at("sources").at(0).at("jurisdiction"), "us-tx");
}

}  // namespace
}  // namespace casebridge::tests
