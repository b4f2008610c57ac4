// What every request meets whatever its action: rows, methods, media types, problems, headers, the wall.
#include <stdexcept>

#include "tests/http/front_world.hpp"

namespace casebridge::tests {
namespace {

using http::Method;
using nlohmann::json;

class Dispatching : public FrontWorld {};

TEST_F(Dispatching, AnUnknownPathIsNotFoundAndAnotherMethodIsNotAllowed) {
  EXPECT_EQ(get("/v2/cases").code(), "not_found");
  EXPECT_EQ(get("/").code(), "not_found");
  const Answer refused = ask(Method::put, "/v1/links");
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(refused.response.field("allow"), "GET, HEAD");
  EXPECT_EQ(ask(Method::options, "/v1/flows").status, 405);
}

TEST_F(Dispatching, EveryRowThatNeedsASessionRefusesWithoutOne) {
  for (const http::Route& route : http::routes()) {
    if (route.caller != http::CallerKind::account) continue;
    std::string target(route.path);
    for (std::size_t at = 0; (at = target.find('{')) != std::string::npos;) {
      target.replace(at, target.find('}') - at + 1, "x");
    }
    const Answer refused = ask(route.method, target, route.request_schema.empty() ? "" : "{}");
    EXPECT_EQ(refused.status, 401) << route.operation;
    EXPECT_EQ(refused.code(), "token_missing") << route.operation;
    EXPECT_EQ(refused.response.field("www-authenticate"), "Bearer realm=\"casebridge\"");
    EXPECT_EQ(ask(route.method, target, "", {.bearer = "wrong"}).code(), "token_invalid") << route.operation;
  }
}

TEST_F(Dispatching, BodiesAreJsonAndNotEncoded) {
  const std::string body = R"({"kind":"sign_in","transport":"bearer"})";
  const Answer form = ask(Method::post, "/v1/flows", "", {.fields = {{"content-type", "text/plain"}}});
  EXPECT_EQ(form.code(), "unsupported_media_type");
  EXPECT_EQ(ask(Method::post, "/v1/flows", body, {.fields = {{"content-encoding", "gzip"}}}).status, 415);
}

TEST_F(Dispatching, NothingIsDoneForWhoeverWantsAnotherForm) {
  const std::string body = R"({"kind":"sign_in","transport":"bearer"})";
  const Answer refused = ask(Method::post, "/v1/flows", body, {.fields = {{"accept", "text/csv"}}});
  EXPECT_EQ(refused.status, 406);
  EXPECT_EQ(refused.code(), "not_acceptable");
  EXPECT_EQ(get("/v1/status", {.fields = {{"accept", "text/html, */*;q=0.1"}}}).status, 200);
  With events = signed_in();
  events.fields.emplace_back("accept", "application/json");
  EXPECT_EQ(get("/v1/me/events", events).code(), "not_acceptable");
}

TEST_F(Dispatching, WhatHasNoBodyTakesNone) {
  const With me = signed_in();
  EXPECT_EQ(ask(Method::del, "/v1/me/sessions/current", "{\"a\":1}", me).code(), "invalid_request");
}

TEST_F(Dispatching, PublicPagesAnswerEverybody) {
  EXPECT_EQ(get("/v1/jurisdictions").body.at("data").size(), 3U);
  EXPECT_EQ(get("/v1/jurisdictions?q=texas").body.at("data").at(0).at("id"), "us-tx");
  EXPECT_EQ(get("/v1/jurisdictions/us-tx").body.at("id"), "us-tx");
  EXPECT_EQ(get("/v1/jurisdictions/us-xx").code(), "not_found");
  EXPECT_EQ(get("/v1/status").status, 200);
  EXPECT_EQ(get("/health/live").body.at("status"), "live");
  EXPECT_EQ(get("/health/ready").body.at("status"), "ready");
  EXPECT_EQ(get("/v1/openapi.json").body.at("info").at("title"), "Casebridge");
}

TEST_F(Dispatching, ProblemsAreListedInTheLanguageAskedFor) {
  const Answer english = get("/v1/problems"),
               spanish = get("/v1/problems", {.fields = {{"accept-language", "es"}}});
  ASSERT_EQ(english.body.at("data").size(), trouble_table().size());
  EXPECT_NE(english.body.at("data").at(0).at("user_message"),
            spanish.body.at("data").at(0).at("user_message"));
  EXPECT_EQ(english.body.at("data").at(0).at("code"), spanish.body.at("data").at(0).at("code"));
}

TEST_F(Dispatching, EveryProblemHasWordsForPeopleInBothLanguages) {
  for (const TroubleRow& row : trouble_table()) {
    for (const char* language : {"en", "es"}) {
      EXPECT_NE(http::text_of(*messages_, language, row.message_id), "") << language << ' ' << row.name;
    }
  }
}

TEST_F(Dispatching, PublicAnswersMayBeSharedAndAreTagged) {
  const Answer list = get("/v1/jurisdictions");
  EXPECT_EQ(list.response.field("cache-control"), "public, max-age=300");
  EXPECT_EQ(get("/v1/jurisdictions", {.fields = {{"if-none-match", list.etag()}}}).status, 304);
  EXPECT_EQ(ask(Method::head, "/v1/jurisdictions").etag(), list.etag());
}

TEST_F(Dispatching, MetricsAreForThisMachineAlone) {
  get("/v1/status");
  const Answer metrics = get("/metrics");
  EXPECT_NE(metrics.text.find("route=\"/v1/status\",status=\"200\"} 1"), std::string::npos);
  EXPECT_EQ(get("/metrics", {.loopback = false}).status, 404);
}

TEST_F(Dispatching, TheTraceOfAProblemIsItsRequestId) {
  const Answer missing = get("/v1/me");
  EXPECT_EQ(missing.body.at("trace_id"), missing.response.field("request-id"));
  EXPECT_EQ(missing.body.at("instance"), "/v1/me");
}

TEST_F(Dispatching, AProblemRepeatsNoPathThatMayTellSomething) {
  for (const char* path :
       {"/v1/900551234", "/v1/links/900551234", "/v1/links/lnk_lower", "/v1/syncs/%39%30%30"})
    EXPECT_FALSE(get(path).body.contains("instance")) << path;
  const std::string id = "/v1/links/lnk_01KKVF4KQ8CF873BC2Z8TF6X41";
  EXPECT_EQ(get(id).body.at("instance"), id);
}

TEST_F(Dispatching, NothingAnActionThrowsGetsOut) {
  static constexpr http::Route throwing[] = {
      {Method::get, "/boom", "boom", http::CallerKind::anyone, model::Assurance::none, false, "", "", "",
       http::Idempotency::none, http::RateClass::read, http::Caching::no_store,
       [](const http::Call&) -> Result<http::Response> { throw std::runtime_error("value of a person"); }}};
  http::Dispatcher dispatcher(http::DispatcherParts{use_cases(), *messages_, clock_, log_, {}}, throwing);
  http::Request request;
  request.head.path = "/boom";
  const http::Response response = dispatcher.handle(request);
  EXPECT_EQ(response.status(), 500);
  EXPECT_EQ(json::parse(response.body()).at("code"), "internal");
  EXPECT_EQ(response.body().find("person"), std::string::npos);
}

}  // namespace
}  // namespace casebridge::tests
