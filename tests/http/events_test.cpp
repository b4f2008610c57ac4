// GET /v1/me/events: what a page is told while a state is read, and when the telling ends.
#include "tests/http/front_world.hpp"

namespace casebridge::tests {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

class Events : public FrontWorld {
 protected:
  void SetUp() override {
    streams_.account_max = 2;
    streams_.all_max = 3;
    FrontWorld::SetUp();
    me = signed_in();
  }
  Answer open(const std::string& last = "") {
    With with = me;
    if (!last.empty()) with.fields.emplace_back("last-event-id", last);
    return get("/v1/me/events", with);
  }
  static std::vector<std::string> names(const Turn& turn) {
    std::vector<std::string> found;
    for (const Event& event : turn.events) found.push_back(event.name);
    return found;
  }
  // A sync that waits to be run; its id.
  std::string queued_sync(const std::string& link) {
    state_has({});
    return post("/v1/links/" + link + "/syncs", json::object(), me).body.at("id");
  }
  With me;
};

using Names = std::vector<std::string>;

TEST_F(Events, AreAStreamThatIsNeverKept) {
  const Answer opened = open();
  ASSERT_EQ(opened.status, 200) << opened.text;
  EXPECT_EQ(opened.response.field("content-type"), "text/event-stream");
  EXPECT_EQ(opened.response.field("cache-control"), "no-store");
  ASSERT_NE(opened.response.stream(), nullptr);
  EXPECT_TRUE(next_turn(opened).text.starts_with("retry: "));
}

TEST_F(Events, TellOfASyncUntilItHasEnded) {
  const std::string link = linked(me);
  const Answer opened = open();
  EXPECT_EQ(names(next_turn(opened)), Names{"account"});
  const std::string sync = queued_sync(link);
  const Turn begun = next_turn(opened);
  ASSERT_EQ(names(begun), (Names{"sync", "account"}));
  EXPECT_EQ(begun.events.at(0).data.at("id"), sync);
  EXPECT_EQ(begun.events.at(0).data.at("state"), "queued");
  run_jobs();
  const Turn ended = next_turn(opened);
  ASSERT_EQ(names(ended), (Names{"sync", "account"}));
  EXPECT_EQ(ended.events.at(0).data.at("state"), "succeeded");
  EXPECT_TRUE(next_turn(opened).events.empty());
}

TEST_F(Events, NameTheVersionOnlyWhenAllOfItWasTold) {
  const std::string link = linked(me);
  queued_sync(link);
  const Turn turn = next_turn(open());
  ASSERT_EQ(turn.events.size(), 2U);
  EXPECT_EQ(turn.events.at(0).id, "");
  EXPECT_EQ(turn.events.at(1).id, std::to_string(turn.events.at(1).data.at("version").get<int>()));
}

TEST_F(Events, AClientThatComesBackHearsOnlyWhatIsNew) {
  const std::string link = linked(me);
  std::string seen;
  {
    const Answer opened = open();
    seen = next_turn(opened).events.at(0).id;
  }
  {
    const Answer again = open(seen);
    EXPECT_TRUE(next_turn(again).events.empty());
    queued_sync(link);
    EXPECT_EQ(names(next_turn(again)), (Names{"sync", "account"}));
  }
  EXPECT_EQ(names(next_turn(open(seen))), (Names{"sync", "account"}));
  EXPECT_EQ(names(next_turn(open("not-a-version"))), (Names{"sync", "account"}));
}

TEST_F(Events, TellNothingOfOthers) {
  linked(me);
  const With other = signed_in("other@example.com");
  const Answer opened = get("/v1/me/events", other);
  next_turn(opened);
  state_has({});
  const Answer mine = open();
  next_turn(mine);
  post("/v1/links/" + get("/v1/links", me).body.at("data").at(0).at("id").get<std::string>() + "/syncs",
       json::object(), me);
  EXPECT_EQ(names(next_turn(mine)), (Names{"sync", "account"}));
  EXPECT_TRUE(next_turn(opened).events.empty());
}

TEST_F(Events, EndWithTheSession) {
  const Answer opened = open();
  EXPECT_TRUE(next_turn(opened).more);
  EXPECT_EQ(remove("/v1/me/sessions/current", me).status, 204);
  const Turn last = next_turn(opened);
  EXPECT_FALSE(last.more);
  ASSERT_EQ(names(last), Names{"end"});
  EXPECT_EQ(last.events.at(0).data.at("reason"), "signed_out");
}

TEST_F(Events, DoNotKeepASessionAlive) {
  const Answer opened = open();
  for (int minute = 0; minute < 16; ++minute) {
    clock_.advance(1min);
    next_turn(opened);
    if (minute % 5 == 4) open();  // a page comes back by itself
  }
  EXPECT_EQ(get("/v1/me", me).code(), "token_expired");
}

TEST_F(Events, EndWhenTheServerStops) {
  const Turn last = next_turn(open(), true);
  EXPECT_FALSE(last.more);
  ASSERT_EQ(names(last), Names{"end"});
  EXPECT_EQ(last.events.at(0).data.at("reason"), "stopping");
}

TEST_F(Events, AreForThoseWhoAreSignedIn) { EXPECT_EQ(get("/v1/me/events").code(), "token_missing"); }

TEST_F(Events, AreBoundedForEachAccountAndInAll) {
  std::optional<Answer> first = open();
  const Answer second = open();
  EXPECT_EQ(open().code(), "rate_limited");
  const With other = signed_in("other@example.com");
  const Answer third = get("/v1/me/events", other);
  EXPECT_EQ(third.status, 200);
  EXPECT_EQ(get("/v1/me/events", other).code(), "overloaded");
  first.reset();  // a client that goes gives its place back
  EXPECT_EQ(open().status, 200);
}

class ShortEvents : public Events {
 protected:
  void SetUp() override {
    streams_.life_ms = 0ms;
    Events::SetUp();
  }
};

TEST_F(ShortEvents, EndAfterTheirTime) {
  const Turn last = next_turn(open());
  EXPECT_FALSE(last.more);
  ASSERT_EQ(names(last), Names{"end"});
  EXPECT_EQ(last.events.at(0).data.at("reason"), "time_is_up");
}

class QuietEvents : public Events {
 protected:
  void SetUp() override {
    streams_.heartbeat_ms = 0ms;
    Events::SetUp();
  }
};

TEST_F(QuietEvents, SendACommentSoThatNobodyTakesThemForDead) {
  const Answer opened = open();
  next_turn(opened);
  const Turn quiet = next_turn(opened);
  EXPECT_TRUE(quiet.events.empty());
  EXPECT_TRUE(quiet.text.starts_with(": "));
}

}  // namespace
}  // namespace casebridge::tests
