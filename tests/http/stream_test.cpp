// A body made while it is sent: chunks, the end, a client that goes, a server that stops.
#include <gtest/gtest.h>

#include <sys/resource.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "core/http/server.hpp"
#include "tests/http/own_threads.hpp"
#include "tests/http/plain_handler.hpp"
#include "tests/http/raw_client.hpp"

namespace casebridge::tests {
namespace {

using namespace std::chrono_literals;

// Says "one", "two", then either ends or goes on saying nothing; or says very much at each turn.
class Counting final : public http::BodyStream {
 public:
  Counting(std::string_view path, std::atomic<int>& alive, std::atomic<int>& turns)
      : endless_(path != "/"), much_(path == "/much"), alive_(alive), turns_(turns) {
    ++alive_;
  }
  ~Counting() override { --alive_; }
  bool next(std::string& into, bool stopping) override {
    ++turns_;
    if (stopping) return into.append("bye"), false;
    if (much_) return into.append(bytes_of_much, 'a'), true;
    if (turn_ < 2) into.append(turn_ == 0 ? "one" : "two");
    return ++turn_ < 2 || endless_;
  }
  // A thousand that never end must not ask for more turns than a slow machine has.
  std::chrono::milliseconds pause() const override { return endless_ && !much_ ? 100ms : 10ms; }
  static constexpr std::size_t bytes_of_much = 1024 * 1024;

 private:
  const bool endless_, much_;
  std::atomic<int>& alive_;
  std::atomic<int>& turns_;
  int turn_ = 0;
};

class StreamingHandler final : public http::Handler {
 public:
  http::Response handle(const http::Request& request) noexcept override {
    if (request.head.path == "/read") return http::Response(200, "text/plain", std::string("read"));
    return http::Response(200, "text/plain", std::make_shared<Counting>(request.head.path, alive, turns));
  }
  http::Response refuse(const Trouble& trouble, std::string_view, std::string_view) noexcept override {
    return http::Response(trouble.row().http_status);
  }
  std::atomic<int> alive{0}, turns{0};
};

const std::string endless = "GET /endless HTTP/1.1\r\nHost: a\r\n\r\n";
const std::string read = "GET /read HTTP/1.1\r\nHost: a\r\n\r\n";

class Streaming : public testing::Test {
 protected:
  Streaming() : server(setting(), handler, clock) { EXPECT_TRUE(server.start()); }
  static http::ServerSetting setting() {
    http::ServerSetting setting;
    setting.connections_max = 1'100;
    setting.timeouts.write_ms = 1s;
    // Overload is told elsewhere: a thousand that come at once shall all be let in, on a slow machine too.
    setting.turns.burst.fill(1min);
    setting.turns.standing.fill(1min);
    return setting;
  }
  bool becomes(std::atomic<int>& number, int wanted, std::chrono::milliseconds patience = 5s) {
    for (auto waited = 0ms; waited < patience; waited += 10ms) {
      if (number == wanted) return true;
      std::this_thread::sleep_for(10ms);
    }
    return false;
  }
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
    client.send(endless);
    ASSERT_TRUE(client.answer(false));
  }
  EXPECT_TRUE(nobody_streams_within(2s));
}

TEST_F(Streaming, EndsWhenTheClientSaysMore) {
  RawClient client(server.port());
  client.send(endless);
  ASSERT_TRUE(client.answer(false));
  client.send("GET /another HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(nobody_streams_within(2s));
}

TEST_F(Streaming, SaysGoodbyeWhenTheServerStops) {
  RawClient client(server.port());
  client.send(endless);
  ASSERT_TRUE(client.answer(false));
  server.stop(5s);
  EXPECT_TRUE(client.rest().ends_with("3\r\nbye\r\n0\r\n\r\n"));
}

TEST_F(Streaming, AThousandHoldNoThreadAndReadsGoOn) {
  rlimit allowed{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &allowed), 0);
  allowed.rlim_cur = allowed.rlim_max;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &allowed), 0);
  const int before = own_threads();
  constexpr int many = 1'000;
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int i = 0; i < many; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port()));
    clients.back()->send(endless);
  }
  ASSERT_TRUE(becomes(handler.alive, many, 20s)) << handler.alive;
  const int turns = handler.turns;
  RawClient reader(server.port());
  for (int i = 0; i < 200; ++i) {
    reader.send(read);
    const auto answer = reader.answer();
    ASSERT_TRUE(answer);
    ASSERT_EQ(answer->status, 200);
  }
  for (auto waited = 0ms; waited < 10s && handler.turns <= turns + many; waited += 10ms)
    std::this_thread::sleep_for(10ms);
  EXPECT_LE(own_threads(), before + 24);
  EXPECT_GT(handler.turns, turns + many);  // every one of them is looked after meanwhile
  server.stop(10s);
  EXPECT_EQ(handler.alive, 0);
  for (const auto& client : clients) {
    ASSERT_TRUE(client->answer(false));
    EXPECT_TRUE(client->rest().ends_with("3\r\nbye\r\n0\r\n\r\n"));
  }
}

TEST_F(Streaming, ASlowReaderIsToldNoMoreAndThenCut) {
  RawClient silent(server.port());
  silent.send("GET /much HTTP/1.1\r\nHost: a\r\n\r\n");
  for (auto waited = 0ms; waited < 5s && server.waiting_bytes() == 0; waited += 10ms)
    std::this_thread::sleep_for(10ms);
  EXPECT_GT(server.waiting_bytes(), 0U);
  const int turns = handler.turns;
  std::this_thread::sleep_for(80ms);
  EXPECT_EQ(handler.turns, turns);
  EXPECT_TRUE(nobody_streams_within(5s));
  EXPECT_EQ(server.waiting_bytes(), 0U);
}

TEST_F(Streaming, AReaderThatFetchesInTimeIsToldMore) {
  RawClient steady(server.port());
  steady.send("GET /much HTTP/1.1\r\nHost: a\r\n\r\n");
  std::size_t fetched = 0;
  for (int i = 0; i < 20; ++i) fetched += steady.rest(50ms).size();
  EXPECT_EQ(handler.alive, 1);
  EXPECT_GT(fetched, 10 * Counting::bytes_of_much);
}

TEST_F(Streaming, WhoDoesNotReadIsCutAtTheEndOfAStop) {
  RawClient silent(server.port());
  silent.send("GET /much HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(becomes(handler.alive, 1));
  std::this_thread::sleep_for(50ms);
  const auto begun = std::chrono::steady_clock::now();
  server.stop(100ms);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 1s);
  EXPECT_EQ(handler.alive, 0);
}

}  // namespace
}  // namespace casebridge::tests
