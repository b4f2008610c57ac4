// What keeps an account its owner's, through the API: known devices, links in mails, holds.
#include "tests/http/front_world.hpp"

namespace casebridge::tests {
namespace {

using nlohmann::json;

constexpr std::string_view device_prefix = "__Host-cb_device=";

class Safety : public FrontWorld {
 protected:
  static json flow_of(const char* kind, const char* transport = "bearer") {
    return {{"kind", kind}, {"transport", transport}};
  }
  static json password() {
    return {{"email", "priya@example.com"}, {"password", identity::testing::good_password}};
  }
  // Signs in as a browser with these cookies does.
  Answer sign_in_with(const std::string& cookies) {
    const With browser{.fields = {{"cookie", cookies}}};
    return step(post("/v1/flows", flow_of("sign_in", "cookie"), browser), password(), browser);
  }
  static std::string set_cookie(const Answer& answer, std::string_view prefix) {
    const std::string head = answer.response.head_text("", false);
    const std::size_t at = head.find(prefix);
    return at == std::string::npos ? "" : head.substr(at, head.find("\r\n", at) - at);
  }
  static std::string value_of(const std::string& set_cookie) {
    return set_cookie.substr(0, set_cookie.find(';'));
  }
  std::size_t alerts() {
    std::size_t count = 0;
    for (const auto& mail : read_mail()) count += mail.link("not-me").empty() ? 0U : 1U;
    return count;
  }
};

TEST_F(Safety, AWholeSignInMarksTheBrowserForThirtyDays) {
  register_account("priya@example.com");
  const Answer done = sign_in_with("");
  ASSERT_EQ(done.status, 200) << done.text;
  const std::string cookie = set_cookie(done, device_prefix);
  EXPECT_TRUE(cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=2592000")) << cookie;
  EXPECT_EQ(alerts(), 1U);
  const Answer again = sign_in_with(value_of(cookie));
  EXPECT_EQ(value_of(set_cookie(again, device_prefix)), value_of(cookie));
  EXPECT_EQ(alerts(), 0U);
}

TEST_F(Safety, AProgramGetsNoCookie) {
  register_account("priya@example.com");
  const Answer done = step(post("/v1/flows", flow_of("sign_in")), password());
  EXPECT_EQ(set_cookie(done, device_prefix), "");
}

TEST_F(Safety, TwoDeviceCookiesAreNone) {
  register_account("priya@example.com");
  const std::string one = value_of(set_cookie(sign_in_with(""), device_prefix));
  (void)read_mail();
  (void)sign_in_with(one + "; " + one);
  EXPECT_EQ(alerts(), 1U);
}

TEST_F(Safety, DevicesAreListedAndForgotten) {
  const With me = signed_in();
  const std::string cookie = value_of(set_cookie(sign_in_with(""), device_prefix));
  With browser = me;
  browser.fields = {{"cookie", cookie}};
  const Answer listed = get("/v1/me/devices", browser);
  ASSERT_EQ(listed.body.at("data").size(), 1U);
  EXPECT_EQ(listed.body.at("data").at(0).at("current"), true);
  EXPECT_EQ(get("/v1/me/devices", me).body.at("data").at(0).at("current"), false);
  EXPECT_EQ(listed.text.find(cookie.substr(device_prefix.size())), std::string::npos);
  const std::string path = "/v1/me/devices/" + listed.body.at("data").at(0).at("id").get<std::string>();
  const With other = signed_in("ben@example.com");
  EXPECT_EQ(remove(path, other).status, 404);
  EXPECT_EQ(remove(path, me).status, 204);
  EXPECT_EQ(remove(path, me).status, 404);
  EXPECT_EQ(get("/v1/me/devices", me).body.at("data").size(), 0U);
}

TEST_F(Safety, TheLinkOfAnAlertEndsEverySession) {
  const With me = signed_in();
  std::string link;
  for (const auto& mail : read_mail())
    if (!mail.link("not-me").empty()) link = mail.link("not-me");
  const Answer form = post("/v1/flows", flow_of("not_me"));
  EXPECT_EQ(get("/v1/flows/" + form.body.at("id").get<std::string>()).status, 200);
  EXPECT_EQ(get("/v1/me", me).status, 200);
  const Answer done = step(form, {{"link_code", link}});
  ASSERT_EQ(done.status, 200) << done.text;
  EXPECT_EQ(done.body.at("done"), true);
  EXPECT_EQ(done.text.find(link), std::string::npos);
  EXPECT_EQ(get("/v1/me", me).status, 401);
  EXPECT_EQ(step(post("/v1/flows", flow_of("sign_in")), password()).code(), "sign_in_refused");
}

TEST_F(Safety, AnAlertTellsOfNoCaseAndNoPerson) {
  const With me = signed_in();
  linked(me);
  (void)sign_in_with("");
  for (const auto& mail : read_mail())
    for (const char* word : {"Texas", "tx-icop", "case", "priya.h"})
      EXPECT_EQ(mail.text.find(word), std::string::npos) << mail.text;
}

TEST_F(Safety, NothingWaitsAndNothingCanBeStopped) {
  const With me = signed_in();
  EXPECT_EQ(get("/v1/me/holds", me).body.at("data").size(), 0U);
  EXPECT_EQ(remove("/v1/me/holds/lost_phone", me).status, 404);
  EXPECT_EQ(get("/v1/me/holds").status, 401);
}

TEST_F(Safety, AStopEndsOtherSessionsForgetsDevicesAndLocksSharingUntilItIsLifted) {
  const With other = signed_in();
  (void)sign_in_with("");
  const Answer done = step(post("/v1/flows", flow_of("sign_in")), password());
  const With me{.bearer = done.body.at("session").at("token").get<std::string>()};
  EXPECT_EQ(get("/v1/me/safety-stop", me).body.at("stopped_at"), nullptr);
  EXPECT_EQ(get("/v1/me/export", me).status, 200);
  const Answer stopped = ask(http::Method::post, "/v1/me/safety-stop", "", me);
  ASSERT_EQ(stopped.status, 200) << stopped.text;
  EXPECT_EQ(stopped.body.at("sessions_ended"), 2);
  EXPECT_EQ(stopped.body.at("devices_forgotten"), 1);
  EXPECT_EQ(get("/v1/me", other).status, 401);
  EXPECT_EQ(get("/v1/me/export", me).code(), "sharing_stopped");
  EXPECT_EQ(get("/v1/cases", me).status, 200);
  EXPECT_EQ(remove("/v1/me/safety-stop", me).status, 204);
  EXPECT_EQ(remove("/v1/me/safety-stop", me).status, 404);
  EXPECT_EQ(get("/v1/me/export", me).status, 200);
}

TEST_F(Safety, NoMailTellsOfAStopAndOneTellsThatItWasLifted) {
  const With me = signed_in();
  (void)read_mail();
  EXPECT_EQ(ask(http::Method::post, "/v1/me/safety-stop", "", me).status, 200);
  EXPECT_TRUE(read_mail().empty());
  EXPECT_EQ(remove("/v1/me/safety-stop", me).status, 204);
  EXPECT_EQ(read_mail().size(), 1U);
}

TEST_F(Safety, WhatCouldHurtNeedsAFreshConfirmation) {
  const With me = signed_in();
  clock_.advance(std::chrono::minutes{10});
  EXPECT_EQ(get("/v1/me", me).status, 200);
  clock_.advance(std::chrono::minutes{11});
  EXPECT_EQ(get("/v1/me/export", me).code(), "step_up_required");
  EXPECT_EQ(ask(http::Method::post, "/v1/me/safety-stop", "", me).code(), "step_up_required");
  EXPECT_EQ(remove("/v1/me/safety-stop", me).code(), "step_up_required");
  EXPECT_EQ(post("/v1/flows", flow_of("delete_account"), me).code(), "step_up_required");
}

TEST_F(Safety, AnExportHoldsWhatThePagesShow) {
  const With me = signed_in();
  linked(me);
  const Answer made = get("/v1/me/export", me);
  ASSERT_EQ(made.status, 200) << made.text;
  EXPECT_EQ(made.response.field("content-disposition"), "attachment; filename=\"account.json\"");
  EXPECT_EQ(made.response.field("cache-control"), "no-store");
  EXPECT_EQ(made.body.at("account").at("email"), "priya@example.com");
  EXPECT_EQ(made.body.at("links").size(), 1U);
  ASSERT_EQ(made.body.at("cases").size(), 1U);
  const json& file = made.body.at("cases").at(0);
  const std::string id = file.at("case").at("id");
  const Answer shown = get("/v1/cases/" + id + "?include=orders,obligations,balances", me);
  for (const char* name : {"orders", "obligations", "balances"})
    EXPECT_EQ(file.at("sections").at(name), shown.body.at("sections").at(name)) << name;
  EXPECT_EQ(made.text.find(me.bearer), std::string::npos);
}

TEST_F(Safety, FurtherAddressesAreAddedShownAndRemoved) {
  const With me = signed_in();
  (void)read_mail();
  const Answer asked =
      step(post("/v1/flows", flow_of("add_address"), me), {{"email", "sister@example.com"}}, me);
  ASSERT_EQ(asked.status, 200) << asked.text;
  ASSERT_EQ(step(asked, {{"code", mailed_code()}}, me).status, 200);
  const Answer contact = get("/v1/me/contact", me);
  EXPECT_EQ(contact.body.at("sign_in_address"), "priya@example.com");
  ASSERT_EQ(contact.body.at("addresses").size(), 1U);
  const std::string path =
      "/v1/me/addresses/" + contact.body.at("addresses").at(0).at("id").get<std::string>();
  (void)read_mail();
  const With other = signed_in("ben@example.com");
  (void)read_mail();
  EXPECT_EQ(remove(path, other).status, 404);
  EXPECT_EQ(remove(path, me).status, 204);
  EXPECT_EQ(read_mail().size(), 2U);  // the removed address as well, a last time
  EXPECT_EQ(get("/v1/me/contact", me).body.at("addresses").size(), 0U);
  const Answer events = get("/v1/me/activity", me);
  EXPECT_EQ(events.body.at("data").at(0).at("action"), "address_removed");
  EXPECT_EQ(events.body.at("data").at(1).at("action"), "address_added");
}

TEST_F(Safety, TheOnlyAddressCannotBeLeftOut) {
  const With me = signed_in();
  const auto put = [&](bool leave_out, bool plain) {
    const json body{{"leaves_out_sign_in_address", leave_out}, {"plain", plain}};
    return ask(http::Method::put, "/v1/me/contact", body.dump(), me);
  };
  EXPECT_EQ(put(true, false).body.at("field"), "leaves_out_sign_in_address");
  const Answer plain = put(false, true);
  ASSERT_EQ(plain.status, 200) << plain.text;
  EXPECT_EQ(plain.body.at("plain"), true);
}

TEST_F(Safety, WhatIsLeftOutGetsCodesForThreeDaysAndTellingItAgainBeginsNothingAnew) {
  const With me = signed_in();
  (void)read_mail();
  const Answer asked =
      step(post("/v1/flows", flow_of("add_address"), me), {{"email", "sister@example.com"}}, me);
  ASSERT_EQ(step(asked, {{"code", mailed_code()}}, me).status, 200);
  const auto put = [&](bool plain, const With& with) {
    const json body{{"leaves_out_sign_in_address", true}, {"plain", plain}};
    return ask(http::Method::put, "/v1/me/contact", body.dump(), with).status;
  };
  const auto code_goes_to = [&] {
    (void)read_mail();
    (void)step(post("/v1/flows", flow_of("reset_password")), {{"email", "priya@example.com"}});
    return read_mail().front().to;
  };
  EXPECT_EQ(put(false, me), 200);
  EXPECT_EQ(code_goes_to(), "priya@example.com");
  clock_.advance(std::chrono::hours{71});
  const Answer again = step(post("/v1/flows", flow_of("sign_in")), password());
  EXPECT_EQ(put(true, With{.bearer = again.body.at("session").at("token").get<std::string>()}), 200);
  clock_.advance(std::chrono::hours{1});
  EXPECT_EQ(code_goes_to(), "sister@example.com");
}

TEST_F(Safety, ADeletionWaitsADayIsShownAndCanBeStopped) {
  const With me = signed_in();
  (void)read_mail();
  const Answer form = post("/v1/flows", flow_of("delete_account"), me);
  ASSERT_EQ(form.status, 201) << form.text;
  const Answer done = step(form, {{"delete", "true"}}, me);
  ASSERT_EQ(done.status, 200) << done.text;
  const Answer holds = get("/v1/me/holds", me);
  ASSERT_EQ(holds.body.at("data").size(), 1U);
  EXPECT_EQ(holds.body.at("data").at(0).at("kind"), "deletion");
  const auto mails = read_mail();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_FALSE(mails.front().link("stop").empty());
  const With other = signed_in("ben@example.com");
  EXPECT_EQ(remove("/v1/me/holds/deletion", other).status, 404);
  EXPECT_EQ(remove("/v1/me/holds/deletion", me).status, 204);
  EXPECT_EQ(get("/v1/me/holds", me).body.at("data").size(), 0U);
}

}  // namespace
}  // namespace casebridge::tests
