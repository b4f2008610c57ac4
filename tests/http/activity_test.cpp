// GET /v1/me/activity: an owner's own events through the API, page by page.
#include "core/desk/read_log.hpp"
#include "tests/http/front_world.hpp"

namespace casebridge::tests {
namespace {

using nlohmann::json;

class Activity : public FrontWorld {
 protected:
  std::vector<std::string> actions(const With& me) {
    EXPECT_TRUE(reads_->flush());
    std::vector<std::string> found;
    const Answer answer = get("/v1/me/activity", me);
    EXPECT_EQ(answer.status, 200);
    for (const json& one : answer.body.at("data")) found.push_back(one.at("action"));
    return found;
  }
  static bool has(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  }
};

TEST_F(Activity, BeginsWithTheAccountAndItsSignIn) {
  const With me = signed_in();
  EXPECT_EQ(actions(me), (std::vector<std::string>{"signed_in", "account_made"}));
  const json newest = get("/v1/me/activity", me).body.at("data").at(0);
  EXPECT_EQ(newest.at("actor"), "you");
  EXPECT_EQ(newest.at("address"), "127.0.0.0/24");
}

TEST_F(Activity, EveryReadOfCasesIsInIt) {
  const With me = signed_in();
  linked(me);
  const std::string id = get("/v1/cases", me).body.at("data").at(0).at("id");
  ASSERT_EQ(get("/v1/cases/" + id, me).status, 200);
  ASSERT_EQ(get("/v1/ledger", me).status, 200);
  ASSERT_EQ(get("/v1/me/summary", me).status, 200);
  const auto all = actions(me);
  for (const char* read : {"cases_read", "case_read", "ledger_read", "summary_read"})
    EXPECT_TRUE(has(all, read)) << read;
}

TEST_F(Activity, WhatKeepsAnAccountItsOwnersIsInIt) {
  const With me = signed_in();
  const json flow{{"kind", "sign_in"}, {"transport", "cookie"}};
  const json password{{"email", "priya@example.com"}, {"password", identity::testing::good_password}};
  (void)step(post("/v1/flows", flow), password);
  const Answer devices = get("/v1/me/devices", me);
  const std::string device = devices.body.at("data").at(0).at("id");
  EXPECT_EQ(remove("/v1/me/devices/" + device, me).status, 204);
  const json plain{{"leaves_out_sign_in_address", false}, {"plain", true}};
  EXPECT_EQ(ask(http::Method::put, "/v1/me/contact", plain.dump(), me).status, 200);
  EXPECT_EQ(get("/v1/me/export", me).status, 200);
  EXPECT_EQ(ask(http::Method::post, "/v1/me/safety-stop", "", me).status, 200);
  EXPECT_EQ(remove("/v1/me/safety-stop", me).status, 204);
  const auto all = actions(me);
  for (const char* done :
       {"device_forgotten", "contact_changed", "data_exported", "safety_stop", "safety_stop_lifted"})
    EXPECT_TRUE(has(all, done)) << done;
}

TEST_F(Activity, AReadThatWasRefusedIsNotOne) {
  const With me = signed_in();
  get("/v1/cases/cas_01KKVF4KQ8CF873BC2Z8TF6X41", me);
  EXPECT_FALSE(has(actions(me), "case_read"));
}

TEST_F(Activity, ComesInPagesWithACursorOfItsOwn) {
  const With me = signed_in();
  const Answer first = get("/v1/me/activity?limit=1", me);
  ASSERT_EQ(first.body.at("page").at("has_more"), true);
  const std::string cursor = first.body.at("page").at("next_cursor");
  const Answer second = get("/v1/me/activity?limit=1&cursor=" + cursor, me);
  EXPECT_EQ(second.body.at("data").at(0).at("action"), "account_made");
  EXPECT_EQ(second.body.at("page").at("has_more"), false);
  EXPECT_EQ(get("/v1/ledger?cursor=" + cursor, me).code(), "cursor_invalid");
}

TEST_F(Activity, IsOnesOwn) {
  const With ana = signed_in("ana@example.com"), priya = signed_in();
  const std::string ours = get("/v1/me/activity", priya).text;
  const Answer theirs = get("/v1/me/activity", ana);
  for (const json& one : theirs.body.at("data"))
    EXPECT_EQ(ours.find(one.at("id").get<std::string>()), std::string::npos);
  EXPECT_EQ(get("/v1/me/activity").status, 401);
}

}  // namespace
}  // namespace casebridge::tests
