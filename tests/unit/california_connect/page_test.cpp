// Which page it is, and what a page means that was not asked for.
#include "plugins/california_connect/page.hpp"

#include <gtest/gtest.h>

#include "plugins/california_connect/page_form.hpp"
#include "tests/unit/california_connect/sample_page.hpp"

namespace casebridge::california_connect {
namespace {

using model::Outcome;

model::Refusal meaning_of(int status, const std::string& body,
                          const std::string& type = "text/html; charset=utf-8") {
  const auto page = open_page(answered(status, body, type), test_now);
  return page ? refusal_of(*page) : page.refusal();
}

TEST(CaliforniaPage, IsKnownByItsNameWhateverTheStatusSays) {
  EXPECT_EQ(meaning_of(200, page_text("cc-expired", "")).outcome, Outcome::session_expired);
  EXPECT_EQ(meaning_of(200, page_text("cc-login", "")).outcome, Outcome::session_expired);
  EXPECT_EQ(meaning_of(200, page_text("cc-none", "")).outcome, Outcome::not_found);
  EXPECT_EQ(meaning_of(404, page_text("cc-none", "")).outcome, Outcome::not_found);
  EXPECT_EQ(meaning_of(500, page_text("cc-err", "")).outcome, Outcome::unavailable);
  EXPECT_EQ(meaning_of(403, page_text("cc-csrf", "")).outcome, Outcome::bug);
  EXPECT_EQ(meaning_of(200, page_text("cc-pin", "")).reason, "password_expired");
  EXPECT_EQ(meaning_of(200, page_text("cc-noacc", "")).reason, "account_unavailable");
  EXPECT_EQ(meaning_of(200, page_text("cc-home", "")).outcome, Outcome::schema_drift);
  EXPECT_EQ(meaning_of(200, page_text("cc-else", "")).outcome, Outcome::schema_drift);
}

TEST(CaliforniaPage, TellsWhenALockOrMaintenanceEnds) {
  const std::string time = "<p><time datetime=\"2026-03-16T15:00:00Z\">soon</time></p>";
  EXPECT_EQ(meaning_of(200, page_text("cc-maint", time)).until, test_now + std::chrono::hours{1});
  EXPECT_EQ(meaning_of(200, page_text("cc-locked", time)).until, test_now + std::chrono::hours{1});
  EXPECT_FALSE(meaning_of(200, page_text("cc-maint", "<p>later</p>")).until);
}

TEST(CaliforniaPage, WhatIsNoPageIsJudgedByItsStatus) {
  EXPECT_EQ(meaning_of(200, "{}", "application/json").outcome, Outcome::schema_drift);
  EXPECT_EQ(meaning_of(200, page_text("cc-home", ""), "text/html; charset=iso-8859-1").outcome,
            Outcome::schema_drift);
  EXPECT_EQ(meaning_of(200, "<html>").outcome, Outcome::schema_drift);
  EXPECT_EQ(meaning_of(503, "", "text/plain").outcome, Outcome::unavailable);
  EXPECT_EQ(meaning_of(429, "", "text/plain").outcome, Outcome::rate_limited);
  EXPECT_EQ(meaning_of(500, page_text("cc-home", "")).outcome, Outcome::unavailable);
}

TEST(CaliforniaPage, OfAnotherLanguageIsNotRead) {
  EXPECT_TRUE(opened("cc-sum", "", "es"));
  EXPECT_FALSE(opened("cc-sum", "", "fr"));
  EXPECT_FALSE(opened("cc-sum", "", "en-US"));
}

TEST(CaliforniaPage, ShowsItsErrorInEitherMarkup) {
  EXPECT_EQ(opened("cc-login", "<p class=\"err\" data-code=\"E-LOGIN\">No.</p>")->error_code(), "E-LOGIN");
  const auto page =
      opened("cc-addr", "<div role=\"alert\" data-code=\"E-FIELD\" data-field=\"zip\">No.</div>");
  EXPECT_EQ(page->error_code(), "E-FIELD");
  EXPECT_EQ(page->error_field(), "zip");
  EXPECT_EQ(opened("cc-login", "<p data-code=\"E-LOGIN\">No.</p>")->error_code(), "");
}

TEST(CaliforniaForm, IsFoundByItsAddressWithItsHiddenFields) {
  const std::string hidden =
      "<input type=\"hidden\" name=\"__cct\" value=\"Kd83hQz1Lm05Xw7RtB2nVc9P\">"
      "<input type=\"hidden\" name=\"__v\" value=\"7.2\">";
  const std::string form = "<form method=\"post\" action=\"/cconnect/login\">" + hidden + "</form>";
  const auto found = form_for(*opened("cc-login", form), "/cconnect/login");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->token.reveal(), "Kd83hQz1Lm05Xw7RtB2nVc9P");
  EXPECT_EQ(found->version, "7.2");
  EXPECT_FALSE(form_for(*opened("cc-login", form), "/cconnect/pin/request"));
  EXPECT_FALSE(form_for(*opened("cc-login", form + form), "/cconnect/login"));
  EXPECT_FALSE(form_for(
      *opened("cc-login", "<form method=\"post\" action=\"/cconnect/login\">" + hidden + hidden + "</form>"),
      "/cconnect/login"));
}

}  // namespace
}  // namespace casebridge::california_connect
