// Registration, sign-in and sessions through the API, by bearer token and by cookie.
#include "tests/http/front_world.hpp"

namespace casebridge::tests {
namespace {

using nlohmann::json;
const json flow_of(const char* kind, const char* transport = "bearer") {
  return {{"kind", kind}, {"transport", transport}};
}

class Accounts : public FrontWorld {
 protected:
  Answer begin_over_api() {
    return step(post("/v1/flows", flow_of("registration")),
                {{"email", "priya@example.com"}, {"password", identity::testing::good_password}});
  }
};

TEST_F(Accounts, AFlowIsAFormAsData) {
  const Answer flow = post("/v1/flows", flow_of("sign_in"));
  ASSERT_EQ(flow.status, 201);
  EXPECT_EQ(flow.response.field("location"), "/v1/flows/" + flow.body.at("id").get<std::string>());
  EXPECT_EQ(flow.body.at("nodes").at(0).at("name"), "email");
  EXPECT_EQ(flow.body.at("nodes").at(0).at("label"), "E-mail address");
  const Answer again = get("/v1/flows/" + flow.body.at("id").get<std::string>());
  EXPECT_EQ(again.body.at("seq"), flow.body.at("seq"));
}

TEST_F(Accounts, TextsFollowTheLanguageAskedFor) {
  const Answer flow =
      post("/v1/flows", flow_of("sign_in"), {.fields = {{"accept-language", "fr, es-MX;q=0.8"}}});
  EXPECT_NE(flow.body.at("nodes").at(0).at("label"), "E-mail address");
}

TEST_F(Accounts, RegisterSignInReadSignOut) {
  const With me = signed_in();
  const Answer account = get("/v1/me", me);
  ASSERT_EQ(account.status, 200);
  EXPECT_EQ(account.body.at("email"), "priya@example.com");
  EXPECT_EQ(account.body.at("email_verified"), true);
  EXPECT_FALSE(account.body.contains("csrf_token"));
  const Answer sessions = get("/v1/me/sessions", me);
  ASSERT_EQ(sessions.body.at("data").size(), 1U);
  EXPECT_EQ(sessions.body.at("data").at(0).at("current"), true);
  EXPECT_EQ(remove("/v1/me/sessions/current", me).status, 204);
  EXPECT_EQ(get("/v1/me", me).status, 401);
}

TEST_F(Accounts, ABearerTokenIsGivenOnceAndIsNoCookie) {
  register_account("priya@example.com");
  const Answer done = step(post("/v1/flows", flow_of("sign_in")),
                           {{"email", "priya@example.com"}, {"password", identity::testing::good_password}});
  ASSERT_EQ(done.status, 200);
  const std::string token = done.body.at("session").at("token");
  EXPECT_EQ(done.response.field("set-cookie"), "");
  EXPECT_FALSE(done.body.at("session").contains("csrf_token"));
  const Answer again = get("/v1/flows/" + done.body.at("id").get<std::string>());
  EXPECT_EQ(again.text.find(token), std::string::npos);
  EXPECT_EQ(get("/v1/me", {.cookie = token}).status, 401);
  EXPECT_EQ(get("/v1/me", {.bearer = token}).status, 200);
}

TEST_F(Accounts, ACookieSessionNeedsItsAntiForgeryValueToWrite) {
  register_account("priya@example.com");
  const Answer done = step(post("/v1/flows", flow_of("sign_in", "cookie")),
                           {{"email", "priya@example.com"}, {"password", identity::testing::good_password}});
  const std::string cookie(done.response.field("set-cookie"));
  ASSERT_TRUE(cookie.starts_with("__Host-cb_session="));
  EXPECT_TRUE(cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Strict"));
  EXPECT_FALSE(done.body.at("session").contains("token"));
  const std::string csrf = done.body.at("session").at("csrf_token");
  With me{.cookie = cookie.substr(18, cookie.find(';') - 18)};
  EXPECT_EQ(get("/v1/me", me).body.at("csrf_token"), csrf);
  EXPECT_EQ(remove("/v1/me/sessions/current", me).code(), "csrf_refused");
  me.csrf = csrf;
  me.fields = {{"origin", "https://evil.example"}};
  EXPECT_EQ(remove("/v1/me/sessions/current", me).code(), "origin_refused");
  me.fields = {{"origin", "https://gateway.example"}};
  const Answer out = remove("/v1/me/sessions/current", me);
  EXPECT_EQ(out.status, 204);
  EXPECT_NE(out.response.field("set-cookie").find("Max-Age=0"), std::string_view::npos);
}

TEST_F(Accounts, ARefusedStepShowsTheFormAgain) {
  register_account("priya@example.com");
  const Answer flow = post("/v1/flows", flow_of("sign_in"));
  const Answer refused =
      step(flow, {{"email", "priya@example.com"}, {"password", "not the password at all"}});
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.code(), "sign_in_refused");
  EXPECT_EQ(refused.body.at("flow").at("id"), flow.body.at("id"));
  EXPECT_EQ(schemas_.mismatch("Flow", refused.body.at("flow")), "");
  EXPECT_EQ(refused.text.find("not the password"), std::string::npos);
  EXPECT_EQ(step(flow, {{"email", "a@example.com"}, {"password", "x"}}).code(), "flow_out_of_order");
}

TEST_F(Accounts, AFlowThatIsNotThereIsNotFound) {
  EXPECT_EQ(get("/v1/flows/flw_00000000000000000000000000").code(), "flow_not_found");
  EXPECT_EQ(get("/v1/flows/x").code(), "flow_not_found");
}

TEST_F(Accounts, BodiesAreStrict) {
  using http::Method;
  for (const char* body :
       {"", "{", "[]", "{\"kind\":\"sign_in\",\"kind\":\"sign_in\",\"transport\":\"bearer\"}",
        "{\"kind\":\"sign_in\\u0000\",\"transport\":\"bearer\"}", "{\"kind\":\"\xff\"}"}) {
    const Answer refused =
        ask(Method::post, "/v1/flows", body, {.fields = {{"content-type", "application/json"}}});
    EXPECT_EQ(refused.status, 400) << body;
    EXPECT_EQ(refused.code(), "invalid_request") << body;
  }
  EXPECT_EQ(post("/v1/flows", flow_of("other")).body.at("field"), "kind");
  json extra = flow_of("sign_in");
  extra["admin"] = true;
  EXPECT_EQ(post("/v1/flows", extra).code(), "unsupported_parameter");
}

TEST_F(Accounts, AForgottenPasswordIsSetAnewByACodeFromTheMail) {
  const With before = signed_in();
  read_mail();
  const Answer waiting = step(post("/v1/flows", flow_of("reset_password")), {{"email", "priya@example.com"}});
  EXPECT_EQ(waiting.body.at("step"), "code");
  const Answer choosing = step(waiting, {{"code", mailed_code()}});
  const Answer done = step(choosing, {{"new_password", identity::testing::other_password}});
  ASSERT_EQ(done.status, 200);
  EXPECT_FALSE(done.body.contains("session"));
  EXPECT_EQ(get("/v1/me", before).status, 401);
}

TEST_F(Accounts, WhoAsksForHelpLearnsNothingOfAnAddress) {
  register_account("priya@example.com");
  for (const char* kind : {"reset_password", "unlock"}) {
    Answer known = step(post("/v1/flows", flow_of(kind)), {{"email", "priya@example.com"}});
    Answer unknown = step(post("/v1/flows", flow_of(kind)), {{"email", "nobody@example.com"}});
    EXPECT_EQ(known.status, unknown.status);
    EXPECT_EQ(known.text.size(), unknown.text.size());
    for (Answer* answer : {&known, &unknown}) answer->body.erase("id");
    EXPECT_EQ(known.body, unknown.body);
  }
}

TEST_F(Accounts, ThePageOfAMailConsumesNothing) {
  const Answer flow = begin_over_api();
  const std::string id = flow.body.at("id");
  for (int i = 0; i < 3; ++i) {
    const Answer page = get("/verify-email");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.response.field("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.text.find("<script"), std::string::npos);
    EXPECT_EQ(page.text.find(id), std::string::npos);
  }
  EXPECT_EQ(step(flow, {{"code", mailed_code()}}).status, 200);
}

}  // namespace
}  // namespace casebridge::tests
