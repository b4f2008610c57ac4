// A body made while it is sent: chunks, the end, a client that goes, a server that stops.
#include <gtest/gtest.h>

#include <atomic>

#include "core/http/server.hpp"
#include "tests/http/plain_handler.hpp"
#include "tests/http/raw_client.hpp"

namespace casebridge::tests {
namespace {

using namespace std::chrono_literals;

// Says "one", "two", then either ends or goes on saying nothing.
class Counting final : public http::BodyStream {
 public:
  Counting(bool endless, std::atomic<int>& alive) : endless_(endless), alive_(alive) { ++alive_; }
  ~Counting() override { --alive_; }
  bool next(std::string& into, bool stopping) override {
    if (stopping) return into.append("bye"), false;
    if (turn_ < 2) into.append(turn_ == 0 ? "one" : "two");
    return ++turn_ < 2 || endless_;
  }
  std::chrono::milliseconds pause() const override { return 10ms; }

 private:
  bool endless_;
  std::atomic<int>& alive_;
  int turn_ = 0;
};

class StreamingHandler final : public http::Handler {
 public:
  http::Response handle(const http::Request& request) noexcept override {
    return http::Response(200, "text/plain",
                          std::make_shared<Counting>(request.head.path == "/endless", alive));
  }
  http::Response refuse(const Trouble& trouble, std::string_view, std::string_view) noexcept override {
    return http::Response(trouble.row().http_status);
  }
  std::atomic<int> alive{0};
};

class Streaming : public testing::Test {
 protected:
  Streaming() : server({}, handler, clock) { EXPECT_TRUE(server.start()); }
  bool nobody_streams_within(std::chrono::milliseconds patience) {
    for (auto waited = 0ms; waited < patience; waited += 10ms) {
      if (handler.alive == 0) return true;
      std::this_thread::sleep_for(10ms);
    }
    return false;
  }
  StreamingHandler handler;
  RunningClock clock;
  http::Server server;
};

// All octets until the server closes.
std::string everything(RawClient& client) {
  const auto answer = client.answer(false);
  EXPECT_TRUE(answer);
  return client.rest();
}

TEST_F(Streaming, ComesInChunksAndClosesTheConnection) {
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto head = client.answer(false);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->field("transfer-encoding"), "chunked");
  EXPECT_EQ(head->field("content-length"), "");
  EXPECT_EQ(head->field("connection"), "close");
  EXPECT_EQ(client.rest(), "3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n");
}

TEST_F(Streaming, AnOldClientReadsUntilTheEnd) {
  RawClient client(server.port());
  client.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(everything(client), "onetwo");
}

TEST_F(Streaming, HeadGetsNoBody) {
  RawClient client(server.port());
  client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(everything(client), "");
}

TEST_F(Streaming, EndsWhenTheClientGoes) {
  {
    RawClient client(server.port());
    client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(client.answer(false));
  }
  EXPECT_TRUE(nobody_streams_within(2s));
}

TEST_F(Streaming, EndsWhenTheClientSaysMore) {
  RawClient client(server.port());
  client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(client.answer(false));
  client.send("GET /another HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(nobody_streams_within(2s));
}

TEST_F(Streaming, SaysGoodbyeWhenTheServerStops) {
  RawClient client(server.port());
  client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(client.answer(false));
  server.stop(5s);
  EXPECT_TRUE(client.rest().ends_with("3\r\nbye\r\n0\r\n\r\n"));
}

}  // namespace
}  // namespace casebridge::tests
