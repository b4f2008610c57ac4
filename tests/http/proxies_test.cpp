// Who asked, when somebody stands in between: said in a header, or before anything else.
#include <gtest/gtest.h>

#include "core/http/server.hpp"
#include "tests/http/plain_handler.hpp"
#include "tests/http/raw_client.hpp"

namespace casebridge::tests {
namespace {

// From 198.51.100.7 over IPv4.
const std::string proxy_header(
    "\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0C\xC6\x33\x64\x07\x7F\0\0\x01\x11\xD7\x01\xBB", 28);
const std::string own_check("\r\n\r\n\0\r\nQUIT\n\x20\0\0\0", 16);
const std::string get = "GET /a HTTP/1.1\r\nHost: a\r\n";

class BehindProxies : public testing::Test {
 protected:
  void start(const std::vector<std::string>& trusted, bool proxy_header_expected = false) {
    http::ServerSetting setting;
    setting.proxies.trusted = *http::AddressSet::parse(trusted);
    setting.listener.proxy_header = proxy_header_expected;
    setting.crowd.address_connections_max = 2;
    server = std::make_unique<http::Server>(setting, handler, clock);
    ASSERT_TRUE(server->start());
  }
  // Who asked, as the handler is told; empty without an answer.
  std::string peer_after(const std::string& octets) {
    RawClient client(server->port());
    client.send(octets);
    const auto answer = client.answer(true, std::chrono::seconds{2});
    return answer ? answer->field("peer") : "";
  }

  PlainHandler handler;
  RunningClock clock;
  std::unique_ptr<http::Server> server;
};

TEST_F(BehindProxies, NobodyIsBelievedByDefault) {
  start({});
  EXPECT_EQ(peer_after(get + "X-Forwarded-For: 198.51.100.7\r\nForwarded: for=198.51.100.7\r\n\r\n"),
            "127.0.0.1 here");
}

TEST_F(BehindProxies, ATrustedProxyNamesWhoAsked) {
  start({"127.0.0.1"});
  EXPECT_EQ(peer_after(get + "X-Forwarded-For: 203.0.113.9, 198.51.100.7\r\n\r\n"), "198.51.100.7");
  EXPECT_EQ(peer_after(get + "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-For: 198.51.100.7\r\n\r\n"),
            "198.51.100.7");
  EXPECT_EQ(peer_after(get + "Forwarded: for=198.51.100.7\r\n\r\n"), "127.0.0.1 here");
}

TEST_F(BehindProxies, WhatCameThroughAProxyWasNotAskedHere) {
  start({"127.0.0.1"});
  EXPECT_EQ(peer_after(get + "X-Forwarded-For: 127.0.0.1\r\n\r\n"), "127.0.0.1");
}

TEST_F(BehindProxies, EachRequestOfAConnectionIsItsOwnClients) {
  start({"127.0.0.1"});
  RawClient client(server->port());
  for (const char* address : {"198.51.100.7", "198.51.100.8"}) {
    client.send(get + "X-Forwarded-For: " + address + "\r\n\r\n");
    const auto answer = client.answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->field("peer"), address);
  }
}

TEST_F(BehindProxies, ConnectionsOfAProxyAreNotCountedAsOneClients) {
  start({"127.0.0.1"});
  std::vector<std::unique_ptr<RawClient>> kept;
  for (int i = 0; i < 5; ++i) {
    kept.push_back(std::make_unique<RawClient>(server->port()));
    kept.back()->send(get + "\r\n");
    const auto answer = kept.back()->answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
  }
}

TEST_F(BehindProxies, AProxyHeaderNamesWhoConnected) {
  start({"127.0.0.1"}, true);
  EXPECT_EQ(peer_after(proxy_header + get + "\r\n"), "198.51.100.7");
  EXPECT_EQ(peer_after(proxy_header + get + "X-Forwarded-For: 203.0.113.9\r\n\r\n"), "198.51.100.7");
  EXPECT_EQ(peer_after(own_check + get + "\r\n"), "127.0.0.1");
}

TEST_F(BehindProxies, AProxyHeaderMayComeInPieces) {
  start({"127.0.0.1"}, true);
  RawClient client(server->port());
  for (const char octet : proxy_header + get + "\r\n") client.send({&octet, 1});
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->field("peer"), "198.51.100.7");
}

TEST_F(BehindProxies, WhomAProxyHeaderNamesIsCounted) {
  start({"127.0.0.1"}, true);
  std::vector<std::unique_ptr<RawClient>> kept;
  int last = 0;
  for (int i = 0; i < 3; ++i) {
    kept.push_back(std::make_unique<RawClient>(server->port()));
    kept.back()->send(proxy_header + get + "\r\n");
    last = kept.back()->answer().value_or(RawAnswer{}).status;
  }
  EXPECT_EQ(last, 429);
}

TEST_F(BehindProxies, WithoutItsHeaderAProxyIsClosed) {
  start({"127.0.0.1"}, true);
  RawClient none(server->port()), old(server->port());
  none.send(get + "\r\n");
  EXPECT_TRUE(none.closes());
  old.send("PROXY TCP4 198.51.100.7 127.0.0.1 4567 443\r\n" + get + "\r\n");
  EXPECT_TRUE(old.closes());
  EXPECT_EQ(handler.handled, 0);
}

TEST_F(BehindProxies, AProxyHeaderOfSomebodyElseIsClosed) {
  start({"192.0.2.1"}, true);
  RawClient client(server->port());
  client.send(proxy_header + get + "\r\n");
  EXPECT_TRUE(client.closes());
  EXPECT_EQ(handler.handled, 0);
}

TEST_F(BehindProxies, AProxyHeaderWhereNoneIsExpectedIsNoRequest) {
  start({"127.0.0.1"});
  RawClient client(server->port());
  client.send(proxy_header + get + "\r\n");
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 400);
}

}  // namespace
}  // namespace casebridge::tests
