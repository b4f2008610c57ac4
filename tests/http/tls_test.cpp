// The same listener over TLS, with a certificate authority made for this run.
#include <Poco/Exception.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "core/http/server.hpp"
#include "tests/http/plain_handler.hpp"
#include "tests/http/raw_client.hpp"
#include "tests/support/places.hpp"

namespace casebridge::tests {
namespace {

using namespace std::chrono_literals;
using Poco::Net::Context;

void make_certificates(const std::filesystem::path& folder) {
  const std::string command = casebridge::tests::in_source("tests/http/make_certificates ") + folder.string();
  ASSERT_EQ(std::system(command.c_str()), 0);
}

class Tls : public testing::Test {
 protected:
  void SetUp() override {
    folder = std::filesystem::temp_directory_path() / ("casebridge_tls_" + std::to_string(::getpid()));
    make_certificates(folder);
    setting.listener.tls = http::TlsFiles{(folder / "server.pem").string(), (folder / "server.key").string()};
    setting.timeouts.head_ms = 500ms;
  }
  void TearDown() override {
    server.reset();
    std::filesystem::remove_all(folder);
  }
  void start() {
    server = std::make_unique<http::Server>(setting, handler, clock);
    ASSERT_TRUE(server->start());
  }
  Context::Ptr client_context(const std::filesystem::path& ca) {
    return new Context(Context::TLS_CLIENT_USE, "", "", ca.string(), Context::VERIFY_STRICT, 9, false);
  }
  Context::Ptr trusting() { return client_context(folder / "ca.pem"); }

  std::filesystem::path folder;
  http::ServerSetting setting;
  PlainHandler handler;
  RunningClock clock;
  std::unique_ptr<http::Server> server;
};

TEST_F(Tls, ServesAClientThatTrustsTheAuthority) {
  start();
  RawClient client(server->port(), trusting());
  client.send("GET /one HTTP/1.1\r\nHost: localhost\r\n\r\nGET /two HTTP/1.1\r\nHost: localhost\r\n\r\n");
  for (const char* expected : {"GET /one ", "GET /two "}) {
    const auto answer = client.answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, expected);
  }
}

TEST_F(Tls, WhatIsRefusedTellsBrowsersToStayWithTls) {
  start();
  RawClient client(server->port(), trusting());
  client.send("GET /one HTTP/1.1\r\nHost: localhost\r\nno field\r\n\r\n");
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 400);
  EXPECT_EQ(answer->field("strict-transport-security"), "max-age=63072000; includeSubDomains");
}

TEST_F(Tls, CarriesALargeBody) {
  start();
  const std::string body(200'000, 'b');
  RawClient client(server->port(), trusting());
  client.send("POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n" + body);
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "POST /a " + body);
}

TEST_F(Tls, AClientThatTrustsSomebodyElseEndsTheHandshake) {
  start();
  make_certificates(folder / "other");
  EXPECT_THROW(RawClient(server->port(), client_context(folder / "other/ca.pem")).send("GET"),
               Poco::Exception);
  EXPECT_EQ(handler.handled, 0);
}

TEST_F(Tls, PlainOctetsAreNotServed) {
  start();
  RawClient client(server->port());
  client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_FALSE(client.answer(true, 1s));
  EXPECT_EQ(handler.handled, 0);
}

TEST_F(Tls, AHandshakeThatNeverBeginsIsEnded) {
  start();
  RawClient client(server->port());
  EXPECT_TRUE(client.closes(3s));
}

TEST_F(Tls, StopEndsIdleConnections) {
  start();
  RawClient client(server->port(), trusting());
  client.send("GET /one HTTP/1.1\r\nHost: localhost\r\n\r\n");
  ASSERT_TRUE(client.answer());
  const auto begun = std::chrono::steady_clock::now();
  std::thread stopper([this] { server->stop(5s); });
  EXPECT_TRUE(client.closes());
  stopper.join();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
}

TEST_F(Tls, AKeyThatIsNotThereIsATrouble) {
  setting.listener.tls->key = (folder / "none.key").string();
  http::Server broken(setting, handler, clock);
  const auto started = broken.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, TroubleCode::dependency_failed);
}

}  // namespace
}  // namespace casebridge::tests
