// The bounds of http/1: who may be asked, how long, how much, and what counts as an answer.
#include "core/switchboard/http_client.hpp"

#include <gtest/gtest.h>

#include "plugins/abi/casebridge_adapter_v1.h"
#include "tests/support/byte_server.hpp"

namespace casebridge::switchboard {
namespace {

using namespace std::chrono_literals;
using testing::ByteServer;
using testing::http_answer;
using testing::Reply;

std::unique_ptr<HttpClient> client_of(const std::string& origin, std::size_t answer_bytes_max = 64 * 1024) {
  HttpRules rules;
  rules.origins.push_back(*Origin::parse(origin));
  rules.answer_bytes_max = answer_bytes_max;
  rules.connect_timeout = 500ms;
  rules.secrets.emplace("token", SecretBytes::copy_of("s3cret"));
  return std::move(*HttpClient::make(std::move(rules)));
}

struct Asked {
  std::int32_t code;
  HttpAnswer answer;
};

Asked ask(HttpClient& client, HttpQuery query, std::chrono::milliseconds patience = 2s) {
  Asked asked{};
  asked.code = client.exchange(query, Deadline{patience}, asked.answer);
  return asked;
}

// What one GET of a server that sends these octets comes to.
std::int32_t code_for(Reply reply, std::chrono::milliseconds patience = 2s) {
  ByteServer server([&](const std::string&) { return reply; });
  return ask(*client_of(server.origin()), {.method = "GET", .target = "/"}, patience).code;
}

TEST(HttpClient, DeliversAWholeAnswer) {
  ByteServer server([](const std::string&) { return Reply{http_answer(404, R"({"a":1})")}; });
  const auto client = client_of(server.origin());
  const Asked asked =
      ask(*client, {.method = "POST", .target = "/x?y=1", .headers = {{"X-Client", "one"}}, .body = "hello"});
  ASSERT_EQ(asked.code, CASEBRIDGE_HTTP_OK);
  EXPECT_EQ(asked.answer.status, 404U);
  EXPECT_EQ(asked.answer.body, R"({"a":1})");
  EXPECT_EQ(server.requests().at(0),
            "POST /x?y=1 HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) +
                "\r\nUser-Agent: Casebridge\r\nX-Client: one\r\nContent-Length: 5\r\n\r\nhello");
}

TEST(HttpClient, ReadsChunks) {
  ByteServer server([](const std::string&) {
    return Reply{
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\nA;x=y\r\npedia 1234\r\n0\r\nT: "
        "v\r\n\r\n"};
  });
  const Asked asked = ask(*client_of(server.origin()), {.method = "GET", .target = "/"});
  ASSERT_EQ(asked.code, CASEBRIDGE_HTTP_OK);
  EXPECT_EQ(asked.answer.body, "Wikipedia 1234");
}

TEST(HttpClient, ReadsToTheEndWhenNoLengthIsGiven) {
  ByteServer server([](const std::string&) { return Reply{"HTTP/1.0 200 OK\r\n\r\nall of it", true}; });
  const Asked asked = ask(*client_of(server.origin()), {.method = "GET", .target = "/"});
  ASSERT_EQ(asked.code, CASEBRIDGE_HTTP_OK);
  EXPECT_EQ(asked.answer.body, "all of it");
}

TEST(HttpClient, NeverDeliversPartOfAnAnswer) {
  EXPECT_EQ(code_for({"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", true}), CASEBRIDGE_HTTP_LOST);
  EXPECT_EQ(code_for({"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWi", true}),
            CASEBRIDGE_HTTP_LOST);
  EXPECT_EQ(code_for({"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n", true}),
            CASEBRIDGE_HTTP_LOST);
  EXPECT_EQ(code_for({"HTTP/1.1 200 OK\r\nContent-Le", true}), CASEBRIDGE_HTTP_LOST);
  EXPECT_EQ(code_for({"", true}), CASEBRIDGE_HTTP_LOST);
  EXPECT_EQ(code_for({"", false, true}), CASEBRIDGE_HTTP_LOST);
}

TEST(HttpClient, RefusesWhatIsNoHttp) {
  for (const char* octets :
       {"220 mail.example ESMTP\r\n\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 200 OK\nContent-Length: 0\n\n", "HTTP/1.1 200 OK\r\nBad Header: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\n folded\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 101 Switching\r\n\r\n"})
    EXPECT_EQ(code_for({octets, true}), CASEBRIDGE_HTTP_NOT_HTTP) << octets;
}

TEST(HttpClient, SkipsInterimAnswers) {
  EXPECT_EQ(code_for({"HTTP/1.1 100 Continue\r\n\r\n" + http_answer(200, "{}")}), CASEBRIDGE_HTTP_OK);
}

TEST(HttpClient, BoundsTheSizeOfAnswers) {
  for (const std::string& octets :
       {http_answer(200, std::string(1025, 'x')),
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n" + std::string(1024, 'x') +
            "\r\n1\r\nx\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(1025, 'x'),
        std::string("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999\r\n\r\n")}) {
    ByteServer server([&](const std::string&) { return Reply{octets, true}; });
    EXPECT_EQ(ask(*client_of(server.origin(), 1024), {.method = "GET", .target = "/"}).code,
              CASEBRIDGE_HTTP_TOO_LARGE);
  }
  ByteServer server([&](const std::string&) { return Reply{http_answer(200, std::string(1024, 'x'))}; });
  EXPECT_EQ(ask(*client_of(server.origin(), 1024), {.method = "GET", .target = "/"}).code,
            CASEBRIDGE_HTTP_OK);
}

TEST(HttpClient, EndsAtTheDeadlineHoweverSlowlyTheOtherSideTalks) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(code_for({.octets = http_answer(200, "{}"), .between_octets = 4ms}, 150ms),
            CASEBRIDGE_HTTP_TIMEOUT);
  EXPECT_EQ(code_for({.octets = http_answer(200, "{}"), .before = 400ms}, 150ms), CASEBRIDGE_HTTP_TIMEOUT);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 6s);
  ByteServer server(
      [](const std::string&) { return Reply{.octets = http_answer(200, "{}"), .before = 3s}; });
  const auto again = std::chrono::steady_clock::now();
  EXPECT_EQ(ask(*client_of(server.origin()), {.method = "GET", .target = "/", .timeout = 100ms}).code,
            CASEBRIDGE_HTTP_TIMEOUT);
  EXPECT_LT(std::chrono::steady_clock::now() - again, 2s);
}

TEST(HttpClient, StopsWhenTheCallerGoes) {
  ByteServer server(
      [](const std::string&) { return Reply{.octets = http_answer(200, "{}"), .before = 600ms}; });
  const auto client = client_of(server.origin());
  const Deadline deadline{5s};
  std::thread leaver([&] {
    std::this_thread::sleep_for(100ms);
    deadline.cancel();
  });
  HttpAnswer answer;
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(client->exchange({.method = "GET", .target = "/"}, deadline, answer), CASEBRIDGE_HTTP_CANCELLED);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 500ms);
  leaver.join();
  EXPECT_EQ(client->exchange({.method = "GET", .target = "/"}, deadline, answer), CASEBRIDGE_HTTP_CANCELLED);
}

TEST(HttpClient, SaysWhenNothingWasSent) {
  std::string origin;
  {
    origin = ByteServer([](const std::string&) { return Reply{}; }).origin();
  }
  EXPECT_EQ(ask(*client_of(origin), {.method = "POST", .target = "/"}).code, CASEBRIDGE_HTTP_NOT_SENT);
}

TEST(HttpClient, ReachesOnlyItsOrigins) {
  ByteServer server([](const std::string&) { return Reply{http_answer(200, "{}")}; });
  ByteServer other([](const std::string&) { return Reply{http_answer(200, "{}")}; });
  const auto client = client_of(server.origin());
  EXPECT_EQ(ask(*client, {.origin = server.origin(), .method = "GET", .target = "/"}).code,
            CASEBRIDGE_HTTP_OK);
  for (const std::string& origin : {other.origin(), server.origin() + "/path", std::string("nonsense"),
                                    "https://127.0.0.1:" + std::to_string(server.port())})
    EXPECT_EQ(ask(*client, {.origin = origin, .method = "GET", .target = "/"}).code,
              CASEBRIDGE_HTTP_NOT_ALLOWED);
  EXPECT_EQ(other.connections(), 0);
}

TEST(HttpClient, DoesNotFollowRedirectsUnlessAsked) {
  ByteServer other([](const std::string&) { return Reply{http_answer(200, "{}")}; });
  ByteServer server([&](const std::string&) {
    return Reply{"HTTP/1.1 302 Found\r\nLocation: " + other.origin() + "/\r\nContent-Length: 0\r\n\r\n"};
  });
  EXPECT_EQ(ask(*client_of(server.origin()), {.method = "GET", .target = "/"}).answer.status, 302U);
  EXPECT_EQ(other.connections(), 0);
}

TEST(HttpClient, RefusesRequestsThatCouldBecomeTwo) {
  ByteServer server([](const std::string&) { return Reply{http_answer(200, "{}")}; });
  const auto client = client_of(server.origin());
  using Headers = std::vector<std::pair<std::string_view, std::string_view>>;
  for (const Headers& headers :
       {Headers{{"X-A", "b\r\nX-C: d"}}, Headers{{"X-A\r\nX-B", "c"}},
        Headers{{"X-A", std::string_view("b\0c", 3)}}, Headers{{"Host", "other.example"}},
        Headers{{"content-length", "0"}}, Headers{{"Transfer-Encoding", "chunked"}},
        Headers{{"Connection", "close"}}, Headers{{"Proxy-Authorization", "x"}}, Headers{{"", "x"}}})
    EXPECT_EQ(ask(*client, {.method = "GET", .target = "/", .headers = headers}).code,
              CASEBRIDGE_HTTP_NOT_ALLOWED)
        << headers[0].first;
  for (const char* target : {"", "x", "/a b", "/a\r\nX: y", "/\xc3\xa9", "/a#b", "http://other.example/"})
    EXPECT_EQ(ask(*client, {.method = "GET", .target = target}).code, CASEBRIDGE_HTTP_NOT_ALLOWED) << target;
  for (const char* method : {"", "get", "CONNECT", "TRACE", "GET / HTTP/1.1\r\nX: y\r\n\r\nGET"})
    EXPECT_EQ(ask(*client, {.method = method, .target = "/"}).code, CASEBRIDGE_HTTP_NOT_ALLOWED) << method;
  EXPECT_EQ(server.connections(), 0);
}

TEST(HttpClient, PutsSecretsInOnlyWhereItIsTold) {
  ByteServer server([](const std::string&) { return Reply{http_answer(200, "{}")}; });
  const auto client = client_of(server.origin());
  const std::vector<std::pair<std::string_view, std::string_view>> headers{
      {"X-Key", "Bearer ${secret:token}!"}};
  ask(*client, {.method = "POST", .target = "/", .headers = headers, .body = "${secret:token}"});
  EXPECT_EQ(server.requests().at(0).find("s3cret"), std::string::npos);
  ask(*client, {.method = "POST",
                .target = "/",
                .headers = headers,
                .body = "${secret:token}",
                .secrets_in_headers = true});
  EXPECT_NE(server.requests().at(1).find("X-Key: Bearer s3cret!\r\n"), std::string::npos);
  EXPECT_TRUE(server.requests().at(1).ends_with("\r\n\r\n${secret:token}"));
  ask(*client, {.method = "POST", .target = "/", .body = "a=${secret:token}", .secrets_in_body = true});
  EXPECT_TRUE(server.requests().at(2).ends_with("Content-Length: 8\r\n\r\na=s3cret"));
  EXPECT_EQ(
      ask(*client, {.method = "GET", .target = "/", .body = "${secret:other}", .secrets_in_body = true}).code,
      CASEBRIDGE_HTTP_NOT_ALLOWED);
}

TEST(HttpClient, KeepsConnectionsForReadsAndTakesFreshOnesForWrites) {
  ByteServer server([](const std::string&) { return Reply{http_answer(200, "{}")}; });
  const auto client = client_of(server.origin());
  for (int i = 0; i < 3; ++i) ask(*client, {.method = "GET", .target = "/"});
  EXPECT_EQ(server.connections(), 1);
  ask(*client, {.method = "POST", .target = "/"});
  EXPECT_EQ(server.connections(), 2);
}

TEST(HttpClient, NoticesAKeptConnectionThatWasClosed) {
  ByteServer server([](const std::string&) { return Reply{http_answer(200, "{}"), true}; });
  const auto client = client_of(server.origin());
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(ask(*client, {.method = "GET", .target = "/"}).code, CASEBRIDGE_HTTP_OK);
    std::this_thread::sleep_for(30ms);
  }
  EXPECT_EQ(server.connections(), 3);
}

}  // namespace
}  // namespace casebridge::switchboard
