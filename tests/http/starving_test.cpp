// Clients that take their time, on purpose or not: they hold no thread, and there is an end to what they
// hold.
#include <gtest/gtest.h>

#include "core/http/server.hpp"
#include "tests/http/own_threads.hpp"
#include "tests/http/plain_handler.hpp"
#include "tests/http/raw_client.hpp"

namespace casebridge::tests {
namespace {

using namespace std::chrono_literals;
using Clients = std::vector<std::unique_ptr<RawClient>>;

const std::string get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
const std::string half_get = "GET /a HTTP/1.1\r\nHost: a\r\nX-A: ";

class Starving : public testing::Test {
 protected:
  void start(const http::CrowdLimits& crowd = {}, const http::Timeouts& timeouts = {}) {
    http::ServerSetting setting;
    setting.crowd = crowd;
    setting.timeouts = timeouts;
    setting.connections_max = 1'000;
    server = std::make_unique<http::Server>(setting, handler, clock);
    ASSERT_TRUE(server->start());
  }
  Clients say(int many, const std::string& octets) {
    Clients clients;
    for (int i = 0; i < many; ++i) {
      clients.push_back(std::make_unique<RawClient>(server->port()));
      clients.back()->send(octets);
    }
    return clients;
  }
  bool half_read_becomes(int many) {
    for (auto waited = 0ms; waited < 3s; waited += 10ms) {
      if (server->half_read() == many) return true;
      std::this_thread::sleep_for(10ms);
    }
    return false;
  }

  bool nobody_is_left_after(int handled) {
    while (handler.handled < handled) std::this_thread::sleep_for(1ms);
    for (auto waited = 0ms; waited < 5s; waited += 10ms) {
      if (server->connections_open() == 0) return true;
      std::this_thread::sleep_for(10ms);
    }
    return false;
  }

  PlainHandler handler;
  RunningClock clock;
  std::unique_ptr<http::Server> server;
};

TEST_F(Starving, HeadsThatDoNotEndHoldNoThread) {
  start();
  RawClient quick(server->port());
  quick.send(get);
  ASSERT_TRUE(quick.answer());
  const int before = own_threads();
  const Clients slow = say(300, half_get);
  ASSERT_TRUE(half_read_becomes(300));
  std::this_thread::sleep_for(100ms);
  EXPECT_LE(own_threads(), before + 8);
  quick.send(get);
  EXPECT_TRUE(quick.answer());
  for (const auto& client : slow) client->send("b\r\n\r\n");
  for (const auto& client : slow) EXPECT_TRUE(client->answer());
  EXPECT_EQ(server->half_read(), 0);
}

TEST_F(Starving, BodiesThatDoNotEndHoldNoThread) {
  start();
  const int before = own_threads();
  const Clients slow = say(300, "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nh");
  ASSERT_TRUE(half_read_becomes(300));
  std::this_thread::sleep_for(100ms);
  EXPECT_LE(own_threads(), before + 24);  // those that every server has
  for (const auto& client : slow) client->send("i");
  for (const auto& client : slow) {
    const auto answer = client->answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "POST /a hi");
  }
}

TEST_F(Starving, ABodyMustKeepItsPace) {
  start({}, {.body_start_ms = 300ms, .body_bytes_per_s_min = 1'000});
  RawClient slow(server->port());
  slow.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
  const auto begun = std::chrono::steady_clock::now();
  std::optional<RawAnswer> answer;
  for (int i = 0; i < 100 && !answer; ++i) {
    slow.send("a");
    answer = slow.answer(true, 30ms);
  }
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 408);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 1500ms);
}

TEST_F(Starving, ABodyThatKeepsItsPaceHasMoreTime) {
  start({}, {.body_start_ms = 200ms, .body_bytes_per_s_min = 1'000});
  RawClient steady(server->port());
  steady.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n");
  for (int i = 0; i < 10; ++i) {
    std::this_thread::sleep_for(50ms);
    steady.send(std::string(200, 'b'));
  }
  const auto answer = steady.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
}

TEST_F(Starving, OneAddressHasSoManyConnections) {
  start({.address_connections_max = 2});
  const Clients two = say(2, get);
  for (const auto& client : two) ASSERT_TRUE(client->answer());
  RawClient third(server->port());
  third.send(get);
  const auto answer = third.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 429);
  EXPECT_EQ(answer->body, "address_connections");
  EXPECT_TRUE(third.closes());
}

TEST_F(Starving, OneAddressHasSoManyHalfReadRequests) {
  start({.address_half_read_max = 2});
  const Clients two = say(2, half_get);
  ASSERT_TRUE(half_read_becomes(2));
  RawClient third(server->port()), quick(server->port());
  third.send(half_get);
  const auto refused = third.answer();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 429);
  quick.send(get);
  const auto answer = quick.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
}

TEST_F(Starving, AllTogetherHaveSoManyHalfReadRequests) {
  start({.half_read_max = 2});
  const Clients two = say(2, half_get);
  ASSERT_TRUE(half_read_becomes(2));
  RawClient third(server->port());
  third.send(half_get);
  const auto refused = third.answer();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 503);
  EXPECT_EQ(refused->body, "too_many_half_read");
}

TEST_F(Starving, WhatIsHalfReadHasSoMuchMemory) {
  start({.waiting_bytes_max = 10'000});
  RawClient first(server->port());
  first.send(half_get + std::string(8'000, 'b'));
  ASSERT_TRUE(half_read_becomes(1));
  RawClient second(server->port());
  second.send(half_get + std::string(8'000, 'b'));
  const auto refused = second.answer();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 503);
  EXPECT_EQ(refused->body, "too_much_waits");
}

TEST_F(Starving, AnAnswerThatIsFetchedSlowlyHoldsNoThreadAndArrivesWhole) {
  start();
  const int before = own_threads();
  RawClient slow(server->port());
  slow.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
  std::this_thread::sleep_for(200ms);
  EXPECT_GT(server->waiting_bytes(), 0U);
  EXPECT_EQ(server->connections_working(), 0);
  EXPECT_LE(own_threads(), before + 24);
  const auto answer = slow.answer(true, 20s);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body.size(), PlainHandler::large_bytes);
  slow.send(get);
  EXPECT_TRUE(slow.answer());
  EXPECT_EQ(server->waiting_bytes(), 0U);
}

TEST_F(Starving, AnAnswerThatNobodyFetchesIsCut) {
  start({.waiting_bytes_max = 64 * 1024 * 1024}, {.write_ms = 200ms});
  RawClient silent(server->port());
  silent.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(nobody_is_left_after(1));
  EXPECT_LT(silent.rest().size(), PlainHandler::large_bytes);
}

TEST_F(Starving, AnAnswerThatThereIsNoRoomForIsCut) {
  start({.waiting_bytes_max = 100'000});
  RawClient silent(server->port());
  silent.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(nobody_is_left_after(1));
  EXPECT_EQ(server->waiting_bytes(), 0U);
}

TEST_F(Starving, ThreadsThatAreTooManyLeaveNobodyInLine) {
  start();
  for (const auto& client : say(60, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")) EXPECT_TRUE(client->answer());
  std::vector<std::unique_ptr<RawClient>> clients = say(16, get);
  for (int round = 0; round < 100; ++round) {
    for (const auto& client : clients) ASSERT_TRUE(client->answer()) << round;
    for (const auto& client : clients) client->send(get);
  }
  for (const auto& client : clients) EXPECT_TRUE(client->answer());
  EXPECT_EQ(server->requests_in_line(), 0);
}

TEST_F(Starving, AStopLetsAHalfReadRequestEnd) {
  start();
  RawClient client(server->port());
  client.send(half_get);
  ASSERT_TRUE(half_read_becomes(1));
  std::thread stopper([this] { server->stop(5s); });
  std::this_thread::sleep_for(100ms);
  client.send("b\r\n\r\n");
  const auto answer = client.answer();
  stopper.join();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->field("connection"), "close");
}

}  // namespace
}  // namespace casebridge::tests
