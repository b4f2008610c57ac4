// Redirects and cookies over http/1: followed inside the system, counted, and refused outside of it.
#include <gtest/gtest.h>

#include <map>

#include "core/switchboard/http_client.hpp"
#include "core/switchboard/redirect.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"
#include "tests/support/byte_server.hpp"

namespace casebridge::switchboard {
namespace {

using namespace std::chrono_literals;
using testing::ByteServer;
using testing::http_answer;
using testing::Reply;

std::string moved(int status, const std::string& location, const std::string& more = {}) {
  return "HTTP/1.1 " + std::to_string(status) + " X\r\nLocation: " + location + "\r\n" + more +
         "Content-Length: 0\r\n\r\n";
}

// A server that sends /from somewhere, and says 200 everywhere else.
ByteServer::Handler sends_to(int status, std::string location) {
  return [=](const std::string& request) {
    const bool here = request.find(" /from ") != std::string::npos;
    return Reply{here ? moved(status, location) : http_answer(200, "{}")};
  };
}

std::unique_ptr<HttpClient> client_of(const std::vector<std::string>& origins) {
  HttpRules rules;
  for (const std::string& origin : origins) rules.origins.push_back(*Origin::parse(origin));
  rules.secrets.emplace("token", SecretBytes::copy_of("s3cret"));
  return std::move(*HttpClient::make(std::move(rules)));
}

std::int32_t code_of(HttpClient& client, HttpQuery query, HttpAnswer& answer) {
  if (query.redirects_max == 0) query.redirects_max = 5;
  return client.exchange(query, Deadline{2s}, answer);
}

std::string line_of(const std::string& request) { return request.substr(0, request.find(" HTTP/1.1")); }

// The request line that follows a redirect of this method and status.
std::string next_line(const std::string& method, int status, const std::string& location = "/to") {
  ByteServer server(sends_to(status, location));
  HttpAnswer answer;
  const std::string body = method == "POST" || method == "PUT" ? "x=1" : "";
  const auto code =
      code_of(*client_of({server.origin()}), {.method = method, .target = "/from", .body = body}, answer);
  if (code != CASEBRIDGE_HTTP_OK) return "code " + std::to_string(code);
  const auto requests = server.requests();
  return requests.size() < 2 ? "not followed"
                             : line_of(requests[1]) + (requests[1].ends_with("x=1") ? " x=1" : "");
}

// A system that sets a cookie in the form of our references must not get what they stand for.
TEST(Redirect, ACookieIsNeverFilledWithSecrets) {
  ByteServer server([](const std::string& request) {
    const bool first = request.find(" /from ") != std::string::npos;
    return Reply{first ? moved(302, "/to", "Set-Cookie: x=${secret:token}\r\n") : http_answer(200, "{}")};
  });
  CookieJar jar;
  HttpAnswer answer;
  const auto client = client_of({server.origin()});
  const HttpQuery query{.method = "GET",
                        .target = "/from",
                        .headers = {{"X-Key", "${secret:token}"}},
                        .secrets_in_headers = true,
                        .jar = &jar};
  EXPECT_EQ(code_of(*client, query, answer), CASEBRIDGE_HTTP_OK);
  const std::string after = server.requests().at(1);
  EXPECT_NE(after.find("Cookie: x=${secret:token}\r\n"), std::string::npos) << after;
  EXPECT_NE(after.find("X-Key: s3cret\r\n"), std::string::npos) << after;
}

TEST(Redirect, ChangesTheMethodAsRfc9110Says) {
  EXPECT_EQ(next_line("POST", 301), "GET /to");
  EXPECT_EQ(next_line("POST", 302), "GET /to");
  EXPECT_EQ(next_line("POST", 303), "GET /to");
  EXPECT_EQ(next_line("PUT", 303), "GET /to");
  EXPECT_EQ(next_line("PUT", 302), "PUT /to x=1");
  EXPECT_EQ(next_line("POST", 307), "POST /to x=1");
  EXPECT_EQ(next_line("POST", 308), "POST /to x=1");
  EXPECT_EQ(next_line("GET", 301), "GET /to");
  EXPECT_EQ(next_line("HEAD", 303), "HEAD /to");
  EXPECT_EQ(next_line("GET", 304), "not followed");
}

TEST(Redirect, ReadsReferencesOfEveryForm) {
  EXPECT_EQ(next_line("GET", 302, "to?a=/b#part"), "GET /to?a=/b");
  EXPECT_EQ(next_line("GET", 302, "./x/../to"), "GET /to");
  EXPECT_EQ(next_line("GET", 302, "/../../to"), "GET /to");
  EXPECT_EQ(next_line("GET", 302, "?page=2"), "GET /from?page=2");
  const std::string refused = "code " + std::to_string(CASEBRIDGE_HTTP_REDIRECT_REFUSED);
  for (const char* location :
       {"javascript:alert(1)", "https://offsite.example.org/cconnect/home", "//evil.test/", "http://",
        "file:///etc/passwd", "/a b", "/\\evil.test", "http://user@127.0.0.1/"})
    EXPECT_EQ(next_line("GET", 302, location), refused) << location;
}

TEST(Redirect, GoesOnlyWhereTheSystemIs) {
  ByteServer other([](const std::string&) { return Reply{http_answer(200, "{}")}; });
  ByteServer server(sends_to(302, other.origin() + "/to"));
  HttpAnswer answer;
  EXPECT_EQ(code_of(*client_of({server.origin()}), {.method = "GET", .target = "/from"}, answer),
            CASEBRIDGE_HTTP_REDIRECT_REFUSED);
  EXPECT_EQ(other.connections(), 0);
  EXPECT_EQ(
      code_of(*client_of({server.origin(), other.origin()}), {.method = "GET", .target = "/from"}, answer),
      CASEBRIDGE_HTTP_OK);
  EXPECT_EQ(answer.origin, other.origin());
  EXPECT_EQ(answer.target, "/to");
}

TEST(Redirect, NeverLeadsFromTlsToPlain) {
  HttpAnswer answer;
  answer.status = 302;
  answer.headers = {{"Location", "http://cc.test/"}};
  const auto tls = *Origin::parse("https://cc.test");
  const std::vector<Origin> both{tls, *Origin::parse("http://cc.test")};
  EXPECT_FALSE(destination_of(answer, tls, "/", "GET", both));
  EXPECT_TRUE(destination_of(answer, both[1], "/", "GET", both));
}

TEST(Redirect, TakesNoCredentialToAnotherOrigin) {
  ByteServer other([](const std::string&) { return Reply{http_answer(200, "{}")}; });
  ByteServer server(sends_to(307, other.origin() + "/to"));
  const auto client = client_of({server.origin(), other.origin()});
  HttpAnswer answer;
  EXPECT_EQ(
      code_of(*client,
              {.method = "GET",
               .target = "/from",
               .headers = {{"Authorization", "Bearer x"}, {"X-Key", "${secret:token}"}, {"Accept", "a/b"}},
               .secrets_in_headers = true},
              answer),
      CASEBRIDGE_HTTP_OK);
  EXPECT_NE(server.requests().at(0).find("X-Key: s3cret"), std::string::npos);
  const std::string there = other.requests().at(0);
  EXPECT_EQ(there.find("Authorization"), std::string::npos);
  EXPECT_EQ(there.find("X-Key"), std::string::npos);
  EXPECT_NE(there.find("Accept: a/b"), std::string::npos);
  EXPECT_EQ(code_of(*client, {.method = "POST", .target = "/from", .body = "pin=1"}, answer),
            CASEBRIDGE_HTTP_REDIRECT_REFUSED);
  EXPECT_EQ(other.requests().size(), 1U);
}

TEST(Redirect, EndsAfterTheNumberAsked) {
  ByteServer server([](const std::string&) { return Reply{moved(302, "/from")}; });
  HttpAnswer answer;
  const auto client = client_of({server.origin()});
  EXPECT_EQ(code_of(*client, {.method = "GET", .target = "/from", .redirects_max = 3}, answer),
            CASEBRIDGE_HTTP_REDIRECT_LOOP);
  EXPECT_EQ(server.requests().size(), 4U);
  EXPECT_EQ(code_of(*client, {.method = "GET", .target = "/from", .redirects_max = 11}, answer),
            CASEBRIDGE_HTTP_NOT_ALLOWED);
}

TEST(Redirect, SaysThatTheFirstRequestArrived) {
  std::string closed;
  {
    closed = ByteServer([](const std::string&) { return Reply{}; }).origin();
  }
  ByteServer server(sends_to(302, closed + "/to"));
  HttpAnswer answer;
  EXPECT_EQ(code_of(*client_of({server.origin(), closed}), {.method = "POST", .target = "/from"}, answer),
            CASEBRIDGE_HTTP_LOST);
}

TEST(Cookies, AreKeptAcrossARedirectAndSentOn) {
  ByteServer server([](const std::string& request) {
    if (request.starts_with("POST /login"))
      return Reply{moved(302, "/home", "Set-Cookie: S=new; Path=/\r\nSet-Cookie: lang=en\r\n")};
    return Reply{http_answer(200, "{}")};
  });
  CookieJar jar;
  jar.take("S=old; Path=/", *Origin::parse(server.origin()), "/", Instant{});
  HttpAnswer answer;
  EXPECT_EQ(
      code_of(*client_of({server.origin()}), {.method = "POST", .target = "/login", .jar = &jar}, answer),
      CASEBRIDGE_HTTP_OK);
  EXPECT_NE(server.requests().at(0).find("Cookie: S=old\r\n"), std::string::npos);
  EXPECT_NE(server.requests().at(1).find("Cookie: S=new; lang=en\r\n"), std::string::npos);
}

TEST(Cookies, AreTheHostsWhereThereIsAJar) {
  ByteServer server([](const std::string&) { return Reply{http_answer(200, "{}")}; });
  CookieJar jar;
  HttpAnswer answer;
  EXPECT_EQ(code_of(*client_of({server.origin()}),
                    {.method = "GET", .target = "/", .headers = {{"Cookie", "a=1"}}, .jar = &jar}, answer),
            CASEBRIDGE_HTTP_NOT_ALLOWED);
  EXPECT_EQ(server.connections(), 0);
}

TEST(AnswerBound, IsOfEachRequest) {
  ByteServer server([](const std::string&) { return Reply{http_answer(200, std::string(600, 'x'))}; });
  const auto client = client_of({server.origin()});
  HttpAnswer answer;
  EXPECT_EQ(code_of(*client, {.method = "GET", .target = "/", .answer_bytes_max = 599}, answer),
            CASEBRIDGE_HTTP_TOO_LARGE);
  EXPECT_EQ(code_of(*client, {.method = "GET", .target = "/", .answer_bytes_max = 600}, answer),
            CASEBRIDGE_HTTP_OK);
}

}  // namespace
}  // namespace casebridge::switchboard
