// What an author sees of an exchange: headers whatever their case, the system's clock, and refusals.
#include "plugins/sdk/http.hpp"

#include <gtest/gtest.h>

namespace casebridge::sdk {
namespace {

TEST(HttpDate, IsThePreferredFormOnly) {
  EXPECT_EQ(parse_http_date("Mon, 16 Mar 2026 14:00:00 GMT"), parse_instant("2026-03-16T14:00:00Z"));
  for (const char* wrong :
       {"", "Mon, 16 Mar 2026 14:00:00 UTC", "Monday, 16-Mar-26 14:00:00 GMT", "Mon Mar 16 14:00:00 2026",
        "Mon, 30 Feb 2026 14:00:00 GMT", "Mon, 16 Mai 2026 14:00:00 GMT", "Mon, 16 Mar 2026 24:00:00 GMT"})
    EXPECT_EQ(parse_http_date(wrong), std::nullopt) << wrong;
}

TEST(HttpResponse, FindsHeadersWhateverTheirCase) {
  HttpResponse response;
  response.headers = {{"content-type", " Application/JSON; charset=utf-8"}, {"X-A", "1"}, {"x-a", "2"}};
  EXPECT_EQ(response.header("X-a"), "1");
  EXPECT_EQ(response.header("X-B"), std::nullopt);
  EXPECT_EQ(response.media_type(), "application/json");
}

// A host service that answers one code.
struct HostAnswering {
  casebridge_http_v1 table{
      sizeof(casebridge_http_v1), 0,
      [](const casebridge_http_v1* self, const casebridge_call*, const casebridge_http_request*,
         const casebridge_http_receiver* receiver) -> std::int32_t {
        const auto answered = reinterpret_cast<const HostAnswering*>(self)->code;
        if (answered == CASEBRIDGE_HTTP_OK) {
          receiver->status(receiver->self, 503);
          receiver->body(receiver->self, {});
        }
        return answered;
      }};
  std::int32_t code = 0;
};

TEST(Http, TellsApartWhetherTheSystemMayHaveActed) {
  using model::Outcome;
  const std::tuple<int, Outcome, const char*> expected[] = {
      {CASEBRIDGE_HTTP_NOT_SENT, Outcome::unavailable, "not_sent"},
      {CASEBRIDGE_HTTP_LOST, Outcome::unavailable, "lost_answer"},
      {CASEBRIDGE_HTTP_TIMEOUT, Outcome::timeout, "lost_answer"},
      {CASEBRIDGE_HTTP_SLOW_CONNECT, Outcome::timeout, "not_sent"},
      {CASEBRIDGE_HTTP_CANCELLED, Outcome::timeout, "call_over"},
      {CASEBRIDGE_HTTP_TOO_LARGE, Outcome::schema_drift, ""},
      {CASEBRIDGE_HTTP_NOT_HTTP, Outcome::schema_drift, ""},
      {CASEBRIDGE_HTTP_REDIRECT_REFUSED, Outcome::schema_drift, "redirect_refused"},
      {CASEBRIDGE_HTTP_REDIRECT_LOOP, Outcome::schema_drift, "redirect_loop"},
      {CASEBRIDGE_HTTP_NOT_ALLOWED, Outcome::bug, "request_not_allowed"}};
  HostAnswering service;
  for (const auto& [code, outcome, reason] : expected) {
    service.code = code;
    const auto answer = Http{&service.table, nullptr}.send({.target = "/"});
    ASSERT_TRUE(answer.refused()) << code;
    EXPECT_EQ(answer.refusal().outcome, outcome) << code;
    EXPECT_EQ(answer.refusal().reason, reason) << code;
  }
  service.code = CASEBRIDGE_HTTP_OK;
  const auto answer = Http{&service.table, nullptr}.send({.target = "/"});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 503);
}

// A host that gives a new jar, and then loses the answer.
TEST(Http, KeepsTheJarAlsoOfALostAnswer) {
  struct Losing {
    casebridge_http_v1 table{
        sizeof(casebridge_http_v1), 0,
        [](const casebridge_http_v1*, const casebridge_call*, const casebridge_http_request* request,
           const casebridge_http_receiver* receiver) -> std::int32_t {
          const bool asked = (request->flags & CASEBRIDGE_HTTP_COOKIES) != 0;
          const std::uint8_t more[] = {'n', 'e', 'w'};
          if (asked && request->jar.size == 3) receiver->jar(receiver->self, {more, 2});
          return CASEBRIDGE_HTTP_LOST;
        }};
  };
  const Losing service;
  Cookies cookies(SecretBytes::copy_of("old"));
  const auto answer = Http{&service.table, nullptr}.send({.target = "/", .cookies = &cookies});
  EXPECT_TRUE(answer.refused());
  EXPECT_EQ(cookies.octets().reveal(), "ne");
}

TEST(HttpResponse, GivesEveryHeaderOfAName) {
  HttpResponse response;
  response.headers = {{"Set-Cookie", "a=1, x"}, {"X-A", "1"}, {"set-cookie", "b=2"}};
  EXPECT_EQ(response.header_values("Set-Cookie"), (std::vector<std::string_view>{"a=1, x", "b=2"}));
}

}  // namespace
}  // namespace casebridge::sdk
