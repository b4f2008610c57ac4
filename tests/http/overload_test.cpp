// More requests than can be answered: some are refused at once, those let in are answered soon, and it ends.
#include <gtest/gtest.h>

#include <atomic>
#include <ctime>
#include <mutex>
#include <thread>
#include <vector>

#include "core/http/server.hpp"
#include "tests/http/plain_handler.hpp"
#include "tests/http/raw_client.hpp"

namespace casebridge::tests {
namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

// Uses a processor for two milliseconds with each request.
class BusyHandler final : public http::Handler {
 public:
  http::Response handle(const http::Request& request) noexcept override {
    const auto until = used() + 2ms;
    while (used() < until) {
    }
    ++handled;
    return http::Response(200, "text/plain", std::string(request.head.path));
  }
  http::TurnClass turn_class(const http::Request& request) noexcept override {
    return request.head.method == http::Method::post ? http::TurnClass::sign_in : http::TurnClass::read;
  }
  http::Response refuse(const Trouble& trouble, std::string_view label, std::string_view) noexcept override {
    ++refused;
    http::Response response(trouble.row().http_status, "text/plain", std::string(label));
    if (trouble.retry_at) response.set("Retry-After", "1");
    return response;
  }
  std::atomic<int> handled{0}, refused{0};

 private:
  static std::chrono::nanoseconds used() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
  }
};

class Overload : public testing::Test {
 protected:
  struct Seen {
    int answered = 0, refused = 0, other = 0;
    std::chrono::nanoseconds longest{0};
  };

  Overload() {
    http::ServerSetting setting;
    setting.connections_max = 1'000;
    server = std::make_unique<http::Server>(setting, handler, clock);
    EXPECT_TRUE(server->start());
  }
  // One client that asks again as soon as it is answered, for so long.
  void ask_on(const std::string& request, std::chrono::milliseconds how_long) {
    RawClient client(server->port());
    Seen own;
    const auto end = SteadyClock::now() + how_long;
    while (SteadyClock::now() < end) {
      const auto begun = SteadyClock::now();
      client.send(request);
      const auto answer = client.answer();
      const bool refused = answer && answer->status == 503 && answer->field("retry-after") == "1";
      if (answer && answer->status == 200) {
        ++own.answered;
        own.longest = std::max<std::chrono::nanoseconds>(own.longest, SteadyClock::now() - begun);
      } else if (refused) {
        ++own.refused;
        std::this_thread::sleep_for(20ms);
      } else {
        ++own.other;
      }
      if (!answer) break;
    }
    const std::lock_guard lock(mutex);
    seen.answered += own.answered;
    seen.refused += own.refused;
    seen.other += own.other;
    seen.longest = std::max(seen.longest, own.longest);
  }
  void crowd(int many, const std::string& request, std::chrono::milliseconds how_long) {
    std::vector<std::thread> clients;
    for (int i = 0; i < many; ++i) clients.emplace_back([&] { ask_on(request, how_long); });
    for (std::thread& client : clients) client.join();
  }

  BusyHandler handler;
  RunningClock clock;
  std::unique_ptr<http::Server> server;
  std::mutex mutex;
  Seen seen;
  const std::string get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
  const std::string post = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}";
};

TEST_F(Overload, RefusesSomeAtOnceAndAnswersTheOthersSoon) {
  crowd(200, get, 1500ms);
  EXPECT_GT(seen.answered, 50);
  EXPECT_GT(seen.refused, 50);
  EXPECT_EQ(seen.other, 0);
  EXPECT_EQ(seen.answered, handler.handled);  // whoever was let in was answered
  EXPECT_EQ(seen.refused, handler.refused);
  EXPECT_LT(seen.longest, 1500ms);
}

TEST_F(Overload, EndsWithTheCrowd) {
  crowd(200, get, 500ms);
  ASSERT_GT(seen.refused, 0);
  seen = {};
  ask_on(get, 100ms);
  EXPECT_GT(seen.answered, 0);
  EXPECT_EQ(seen.refused, 0);
  EXPECT_EQ(server->requests_in_line(), 0);
}

TEST_F(Overload, SignInsAreStillAnsweredAmongReads) {
  std::thread readers([&] { crowd(200, get, 1500ms); });
  std::this_thread::sleep_for(300ms);
  RawClient client(server->port());
  int answered = 0;
  for (int i = 0; i < 5; ++i) {
    client.send(post);
    const auto answer = client.answer();
    answered += answer && answer->status == 200 ? 1 : 0;
  }
  readers.join();
  EXPECT_GT(answered, 0);
}

TEST_F(Overload, ARefusedRequestLeavesItsConnectionAsItWas) {
  std::thread readers([&] { crowd(200, get, 1s); });
  RawClient client(server->port());
  bool refused = false;
  for (int i = 0; i < 200 && !refused; ++i) {
    client.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" + get);
    const auto first = client.answer(), second = client.answer();
    EXPECT_TRUE(first && second);
    if (!first || !second) break;
    refused = first->status == 503 || second->status == 503;
  }
  readers.join();
  EXPECT_TRUE(refused);
  client.send(get);
  const auto answer = client.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
}

}  // namespace
}  // namespace casebridge::tests
