// The life of a connection: pipelining, keep-alive, wall-clock limits, the bound, and a stop that loses
// nothing.
#include <gtest/gtest.h>

#include "core/http/server.hpp"
#include "tests/http/plain_handler.hpp"
#include "tests/http/raw_client.hpp"

namespace casebridge::tests {
namespace {

using namespace std::chrono_literals;

class ConnectionLife : public testing::Test {
 protected:
  void start(http::Timeouts timeouts = {}, int connections_max = 256) {
    http::ServerSetting setting;
    setting.timeouts = timeouts;
    setting.connections_max = connections_max;
    server = std::make_unique<http::Server>(setting, handler, clock);
    ASSERT_TRUE(server->start());
  }

  PlainHandler handler;
  RunningClock clock;
  std::unique_ptr<http::Server> server;
};

TEST_F(ConnectionLife, ListenersShareTheirConnectionsAndEachKeepsSome) {
  const auto count = std::make_shared<http::ConnectionCount>(3);
  http::ServerSetting setting;
  setting.connections_kept = 1;
  http::Server filled(setting, handler, clock, count), other(setting, handler, clock, count);
  ASSERT_TRUE(filled.start());
  ASSERT_TRUE(other.start());
  const auto status = [](RawClient& client) {
    client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto answer = client.answer();
    return answer ? answer->status : 0;
  };
  RawClient one(filled.port()), two(filled.port()), three(filled.port());
  for (RawClient* const client : {&one, &two, &three}) ASSERT_EQ(status(*client), 200);
  RawClient too_many(filled.port()), kept(other.port()), one_more(other.port());
  EXPECT_EQ(status(too_many), 503);
  EXPECT_EQ(status(kept), 200);
  EXPECT_EQ(status(one_more), 503);
}

TEST_F(ConnectionLife, PipelinedRequestsAreAnsweredInOrder) {
  start();
  RawClient client(server->port());
  client.send(
      "POST /one HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET /two HTTP/1.1\r\nHost: a\r\n\r\n"
      "POST /three HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n0\r\n\r\n"
      "GET /four HTTP/1.1\r\nHost: a\r\n\r\n");
  for (const char* expected : {"POST /one abc", "GET /two ", "POST /three de", "GET /four "}) {
    const auto answer = client.answer();
    ASSERT_TRUE(answer) << expected;
    EXPECT_EQ(answer->body, expected);
    EXPECT_EQ(answer->field("connection"), "keep-alive");
  }
}

TEST_F(ConnectionLife, ARequestArrivesWholeFromSingleOctets) {
  start();
  RawClient client(server->port());
  for (const char c : std::string("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"))
    client.send({&c, 1});
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "POST /a hi");
}

TEST_F(ConnectionLife, HeadHasTheLengthButNoBody) {
  start();
  RawClient client(server->port());
  client.send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto first = client.answer(false);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->field("content-length"), "8");
  const auto second = client.answer();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->body, "GET /b ");
}

TEST_F(ConnectionLife, ContinueIsSaidBeforeTheBodyIsAwaited) {
  start();
  RawClient client(server->port());
  client.send("POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  const auto interim = client.answer();
  ASSERT_TRUE(interim);
  EXPECT_EQ(interim->status, 100);
  client.send("ok");
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "POST /a ok");
}

TEST_F(ConnectionLife, ConnectionCloseIsHonoured) {
  start();
  RawClient client(server->port());
  client.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(client.answer());
  EXPECT_TRUE(client.closes());
  EXPECT_EQ(handler.handled, 1);
}

TEST_F(ConnectionLife, ADrippingHeadEndsByTheWallClock) {
  start({.head_ms = 400ms});
  RawClient client(server->port());
  const auto begun = std::chrono::steady_clock::now();
  std::optional<RawAnswer> answer;
  client.send("GET / HTTP/1.1\r\nX: ");
  for (int i = 0; i < 40 && !answer; ++i) {
    client.send("a");
    answer = client.answer(true, 50ms);
  }
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 408);
  EXPECT_EQ(answer->body, "head_timeout");
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 1500ms);
}

TEST_F(ConnectionLife, ABodyThatDoesNotComeIsNotAwaitedForEver) {
  start({.body_ms = 200ms});
  RawClient client(server->port());
  client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 408);
  EXPECT_EQ(answer->body, "body_timeout");
  EXPECT_TRUE(client.closes());
  EXPECT_EQ(handler.handled, 0);
}

TEST_F(ConnectionLife, SilenceIsEndedWithoutAnAnswer) {
  start({.head_ms = 150ms, .idle_ms = 150ms});
  RawClient silent(server->port());
  EXPECT_TRUE(silent.closes());
  RawClient idle(server->port());
  idle.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(idle.answer());
  EXPECT_TRUE(idle.closes());
  EXPECT_EQ(handler.refused, 0);
}

TEST_F(ConnectionLife, OneConnectionTooManyGets503) {
  start({}, 2);
  RawClient first(server->port()), second(server->port());
  for (RawClient* client : {&first, &second}) {
    client->send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(client->answer());
  }
  RawClient third(server->port());
  third.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto answer = third.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 503);
  EXPECT_EQ(answer->body, "too_many_connections");
  EXPECT_TRUE(third.closes());
  EXPECT_EQ(handler.handled, 2);
}

TEST_F(ConnectionLife, RequestsThatAreHeldUpLeaveRoomForOthers) {
  start();
  std::vector<std::unique_ptr<RawClient>> held_up;
  for (int i = 0; i < 40; ++i) {
    held_up.push_back(std::make_unique<RawClient>(server->port()));
    held_up.back()->send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nh");
  }
  const auto begun = std::chrono::steady_clock::now();
  RawClient quick(server->port());
  quick.send("GET /quick HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(quick.answer());
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 2s);
  for (const auto& client : held_up) client->send("i");
  for (const auto& client : held_up) {
    const auto answer = client->answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "POST /a hi");
  }
}

TEST_F(ConnectionLife, ConnectionsKeptOpenAreAnsweredInTurns) {
  start();
  std::vector<std::unique_ptr<RawClient>> kept;
  for (int i = 0; i < 200; ++i) kept.push_back(std::make_unique<RawClient>(server->port()));
  for (int round = 0; round < 3; ++round) {
    for (const auto& client : kept) client->send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    for (const auto& client : kept) ASSERT_TRUE(client->answer());
  }
  EXPECT_EQ(handler.handled, 600);
  EXPECT_EQ(server->connections_open(), 200);
}

TEST_F(ConnectionLife, StopFinishesWhatRunsAndEndsWhatIsIdle) {
  start();
  RawClient busy(server->port()), idle(server->port());
  idle.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(idle.answer());
  busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\nGET /late HTTP/1.1\r\nHost: a\r\n\r\n");
  while (handler.handled < 2) std::this_thread::sleep_for(1ms);
  const auto begun = std::chrono::steady_clock::now();
  std::thread stopper([this] { server->stop(5s); });
  const auto answer = busy.answer();
  stopper.join();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 4s);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "GET /slow ");
  EXPECT_EQ(answer->field("connection"), "close");
  EXPECT_TRUE(busy.closes());
  EXPECT_TRUE(idle.closes());
  EXPECT_EQ(handler.handled, 2);
}

TEST_F(ConnectionLife, DrainingLetsNobodyInWhileWhatRunsIsFinished) {
  start();
  RawClient busy(server->port());
  busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  while (handler.handled < 1) std::this_thread::sleep_for(1ms);
  server->drain();
  RawClient late(server->port());
  late.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto answer = busy.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "GET /slow ");
  server->stop(5s);
  EXPECT_EQ(handler.handled, 1);
  EXPECT_FALSE(late.answer());
  EXPECT_EQ(server->connections_working(), 0);
}

TEST_F(ConnectionLife, StopDoesNotWaitForAClientThatNeverFinishes) {
  start();
  RawClient stuck(server->port());
  stuck.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
  while (server->connections_open() == 0) std::this_thread::sleep_for(1ms);
  const auto begun = std::chrono::steady_clock::now();
  server->stop(200ms);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
  EXPECT_EQ(server->connections_open(), 0);
}

TEST_F(ConnectionLife, AnAddressInUseIsATroubleAndNotAnException) {
  start();
  http::ServerSetting second;
  second.listener.port = server->port();
  http::Server other(second, handler, clock);
  const auto started = other.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, TroubleCode::dependency_failed);
}

}  // namespace
}  // namespace casebridge::tests
