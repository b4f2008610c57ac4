// A second factor through the API: what is shown, what is asked, and what needs a fresh proof.
#include "tests/http/front_world.hpp"
#include "tests/unit/identity/factor_world.hpp"

namespace casebridge::tests {
namespace {

using nlohmann::json;

class SecondFactors : public FrontWorld {
 protected:
  void SetUp() override {
    FrontWorld::SetUp();
    me = signed_in();
    FlowWorld::read_mail();
  }
  Answer start_over_api(const char* kind, const With& with = {}) {
    return post("/v1/flows", {{"kind", kind}, {"transport", "bearer"}}, with);
  }
  std::string code() const {
    return std::string(identity::totp_code(secret_, identity::totp_step_at(clock_.now())).reveal());
  }
  static std::string token_of(const Answer& answer) { return answer.body.at("session").at("token"); }
  Answer add_app() {
    const Answer offered = start_over_api("add_totp", me);
    secret_ = identity::testing::from_base32(offered.body.at("shown").at(0).at("value").get<std::string>());
    Answer added = step(offered, {{"code", code()}}, me);
    me.bearer = token_of(added);
    clock_.advance(std::chrono::seconds{30});
    return added;
  }
  Answer password_given() {
    return step(start_over_api("sign_in"),
                {{"email", "priya@example.com"}, {"password", identity::testing::good_password}});
  }

  With me;
  SecretBytes secret_;
};

TEST_F(SecondFactors, AnAppIsOfferedItsSecretInWordsAndAsAnAddress) {
  const Answer offered = start_over_api("add_totp", me);
  ASSERT_EQ(offered.status, 201);
  EXPECT_EQ(offered.body.at("step"), "add_app");
  const json& shown = offered.body.at("shown");
  EXPECT_EQ(shown.at(0).at("name"), "secret");
  EXPECT_EQ(shown.at(0).at("label"), "Secret for the app");
  EXPECT_EQ(shown.at(1).at("name"), "uri");
  EXPECT_TRUE(shown.at(1).at("value").get<std::string>().starts_with("otpauth://totp/Casebridge:"));
}

TEST_F(SecondFactors, TheAddressIsShownAsAPictureToItsOwnerAlone) {
  const Answer offered = start_over_api("add_totp", me);
  const std::string path = "/v1/flows/" + offered.body.at("id").get<std::string>() + "/qr-code";
  const Answer picture = get(path, me);
  EXPECT_EQ(picture.status, 200);
  EXPECT_EQ(picture.response.field("content-type"), "image/svg+xml");
  EXPECT_EQ(picture.response.field("cache-control"), "no-store");
  EXPECT_TRUE(picture.text.starts_with("<svg "));
  EXPECT_EQ(picture.text.find(offered.body.at("shown").at(0).at("value").get<std::string>()),
            std::string::npos);
  EXPECT_EQ(get(path).code(), "flow_not_found");
  EXPECT_EQ(get(path, signed_in("dana@example.com")).code(), "flow_not_found");
  const Answer other = start_over_api("sign_in");
  EXPECT_EQ(get("/v1/flows/" + other.body.at("id").get<std::string>() + "/qr-code").code(), "not_found");
}

TEST_F(SecondFactors, AddingAnAppChangesTheTokenAndShowsTenCodesOnce) {
  const With before = me;
  const Answer added = add_app();
  EXPECT_EQ(added.body.at("shown").size(), 10U);
  EXPECT_EQ(get("/v1/me", before).status, 401);
  const Answer account = get("/v1/me", me);
  EXPECT_EQ(account.body.at("assurance"), "two_factor");
  EXPECT_EQ(account.body.at("second_factor"), "totp");
  EXPECT_EQ(account.body.at("recovery_codes_left"), 10);
}

TEST_F(SecondFactors, SignInAsksForTheCodeAndGivesNoSessionBefore) {
  add_app();
  const Answer asked = password_given();
  EXPECT_EQ(asked.status, 200);
  EXPECT_EQ(asked.body.at("step"), "second_factor");
  EXPECT_FALSE(asked.body.contains("session"));
  EXPECT_EQ(asked.response.field("set-cookie"), "");
  const Answer wrong = step(asked, {{"code", code() == "000000" ? "000001" : "000000"}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(wrong.code(), "code_refused");
  EXPECT_FALSE(wrong.body.at("flow").contains("session"));
  Answer again = wrong;
  again.body = wrong.body.at("flow");
  const Answer done = step(again, {{"code", code()}});
  ASSERT_EQ(done.status, 200);
  EXPECT_EQ(get("/v1/me", {.bearer = token_of(done)}).body.at("assurance"), "two_factor");
}

TEST_F(SecondFactors, WhatNeedsAFreshProofNamesTheFlowThatRenewsIt) {
  add_app();
  clock_.advance(std::chrono::minutes{14});
  EXPECT_EQ(get("/v1/me", me).status, 200);
  clock_.advance(std::chrono::minutes{6});
  const Answer refused = begin_link(me);
  EXPECT_EQ(refused.code(), "step_up_required");
  const Answer asked = start_over_api(refused.body.at("remedy").at("action").get<std::string>().c_str(), me);
  EXPECT_EQ(asked.body.at("step"), "second_factor");
  const Answer renewed = step(asked, {{"code", code()}}, me);
  ASSERT_EQ(renewed.status, 200);
  EXPECT_EQ(get("/v1/me", me).status, 401);
  EXPECT_EQ(begin_link({.bearer = token_of(renewed)}).status, 201);
}

TEST_F(SecondFactors, EveryRouteThatTheTableMarksAsksForAFreshProof) {
  add_app();
  clock_.advance(std::chrono::minutes{14});
  EXPECT_EQ(get("/v1/me", me).status, 200);
  clock_.advance(std::chrono::minutes{6});
  int marked = 0;
  for (const http::Route& route : http::routes()) {
    if (!route.step_up || http::is_for_operators(route)) continue;
    ++marked;
    std::string path(route.path);
    for (const auto& [name, id] :
         std::map<std::string, std::string>{{"{attempt_id}", "lat_00000000000000000000000000"},
                                            {"{challenge_id}", "chl_00000000000000000000000000"},
                                            {"{link_id}", "lnk_00000000000000000000000000"},
                                            {"{passkey_id}", "pky_00000000000000000000000000"}})
      if (const auto at = path.find(name); at != std::string::npos) path.replace(at, name.size(), id);
    const std::string body = route.request_schema.empty() ? "" : "{}";
    EXPECT_EQ(ask(route.method, path, body, me).code(), "step_up_required") << route.operation;
  }
  EXPECT_GE(marked, 4);
}

TEST_F(SecondFactors, FlowsThatChangeFactorsAskForAFreshProof) {
  add_app();
  clock_.advance(std::chrono::minutes{14});
  EXPECT_EQ(get("/v1/me", me).status, 200);
  clock_.advance(std::chrono::minutes{6});
  for (const char* kind : {"add_totp", "remove_totp", "recovery_codes", "change_password"})
    EXPECT_EQ(start_over_api(kind, me).code(), "step_up_required") << kind;
}

}  // namespace
}  // namespace casebridge::tests
