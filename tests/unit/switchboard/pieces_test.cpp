// The small parts of the switchboard: origins, breaker, pool of threads, words of the log.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "core/switchboard/breaker.hpp"
#include "core/switchboard/call_pool.hpp"
#include "core/switchboard/log_facts.hpp"
#include "core/switchboard/maintenance.hpp"
#include "core/switchboard/origin.hpp"

namespace casebridge::switchboard {
namespace {

using namespace std::chrono_literals;

TEST(Origin, IsSchemeHostAndPortOnly) {
  EXPECT_EQ(Origin::parse("https://ICOP.test:18101")->text(), "https://icop.test:18101");
  EXPECT_EQ(Origin::parse("https://icop.test")->port, 443);
  EXPECT_EQ(Origin::parse("http://[::1]:80")->text(), "http://[::1]");
  for (const char* wrong : {"", "icop.test", "ftp://icop.test", "https://", "https://a/", "https://a:0",
                            "https://a:65536", "https://a:1x", "https://u@a", "https://a b", "https://[::1",
                            "https://[a]", "https://a:", "https://.a", "https://a?b"})
    EXPECT_FALSE(Origin::parse(wrong)) << wrong;
}

TEST(Origin, KnowsLoopback) {
  for (const char* near : {"http://127.0.0.1:1", "http://127.9.9.9", "http://localhost", "http://[::1]"})
    EXPECT_TRUE(Origin::parse(near)->is_loopback()) << near;
  for (const char* far : {"http://10.0.0.1", "http://127.0.0.1.example.com", "http://localhost.example.com"})
    EXPECT_FALSE(Origin::parse(far)->is_loopback()) << far;
}

TEST(CircuitBreaker, OpensAfterFailuresInARowAndTriesWithOneCall) {
  CircuitBreaker breaker{{.failures_max = 2, .window = 1s, .rest = 10s}};
  const CircuitBreaker::Moment start{};
  breaker.done(false, start);
  breaker.done(true, start);
  breaker.done(false, start);
  EXPECT_EQ(breaker.state(start), ports::Breaker::closed);
  breaker.done(false, start);
  EXPECT_EQ(breaker.state(start), ports::Breaker::open);
  EXPECT_EQ(breaker.enter(start + 1s), 9s);
  EXPECT_EQ(breaker.state(start + 10s), ports::Breaker::half_open);
  EXPECT_FALSE(breaker.enter(start + 10s));
  EXPECT_TRUE(breaker.enter(start + 10s));  // the second waits for the first
  breaker.done(false, start + 11s);
  EXPECT_EQ(breaker.state(start + 12s), ports::Breaker::open);
  EXPECT_FALSE(breaker.enter(start + 21s));
  breaker.done(true, start + 21s);
  EXPECT_EQ(breaker.state(start + 21s), ports::Breaker::closed);
}

TEST(CircuitBreaker, ForgetsFailuresThatAreOld) {
  CircuitBreaker breaker{{.failures_max = 2, .window = 1s, .rest = 10s}};
  const CircuitBreaker::Moment start{};
  breaker.done(false, start);
  breaker.done(false, start + 2s);
  EXPECT_EQ(breaker.state(start + 2s), ports::Breaker::closed);
}

TEST(CallPool, RunsWorkAndWaitsForIt) {
  CallPool pool(2, 50ms);
  std::atomic<int> done{0};
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(pool.run([&] { ++done; }, Deadline{2s}), CallPool::Outcome::finished);
  EXPECT_EQ(done, 10);
}

TEST(CallPool, NeverRunsMoreThanItsThreads) {
  CallPool pool(2, 50ms);
  std::atomic<int> running{0};
  std::atomic<int> most{0};
  std::vector<std::thread> callers;
  for (int i = 0; i < 8; ++i)
    callers.emplace_back([&] {
      const auto outcome = pool.run(
          [&] {
            most = std::max(most.load(), ++running);
            std::this_thread::sleep_for(10ms);
            --running;
          },
          Deadline{5s});
      EXPECT_EQ(outcome, CallPool::Outcome::finished);
    });
  for (auto& caller : callers) caller.join();
  EXPECT_LE(most, 2);
}

TEST(CallPool, AbandonsWorkThatHangsAndMissesItsThreadUntilItComesBack) {
  const auto release = std::make_shared<std::atomic<bool>>(false);
  CallPool pool(1, 50ms);
  const auto hang = [release] {
    while (!*release) std::this_thread::sleep_for(5ms);
  };
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(pool.run(hang, Deadline{100ms}), CallPool::Outcome::abandoned);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 1s);
  EXPECT_EQ(pool.stuck(), 1);
  EXPECT_EQ(pool.run([] {}, Deadline{50ms}), CallPool::Outcome::refused);
  *release = true;
  EXPECT_EQ(pool.run([] {}, Deadline{2s}), CallPool::Outcome::finished);
  EXPECT_EQ(pool.stuck(), 0);
}

TEST(CallPool, LetsACallerGoWhenItIsCancelled) {
  const auto release = std::make_shared<std::atomic<bool>>(false);
  CallPool pool(1, 50ms);
  const Deadline deadline{10s};
  std::thread leaver([&] {
    std::this_thread::sleep_for(50ms);
    deadline.cancel();
  });
  const auto start = std::chrono::steady_clock::now();
  const auto outcome = pool.run(
      [release] {
        while (!*release) std::this_thread::sleep_for(5ms);
      },
      deadline);
  EXPECT_EQ(outcome, CallPool::Outcome::abandoned);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 1s);
  leaver.join();
  *release = true;
}

TEST(MaintenancePlan, IsReadOnTheWallOfTheZone) {
  const MaintenancePlan plan{"America/Chicago", {{0, 120, 360}}};
  const auto end = [&](const char* now) { return plan.end_of_window(*parse_instant(now)); };
  EXPECT_EQ(end("2026-03-15T07:00:00Z"), parse_instant("2026-03-15T11:00:00Z"));  // 02:00 in summer time
  EXPECT_EQ(end("2026-03-15T06:59:59Z"), std::nullopt);
  EXPECT_EQ(end("2026-03-15T11:00:00Z"), std::nullopt);
  EXPECT_EQ(end("2026-03-16T08:00:00Z"), std::nullopt);                           // a Monday
  EXPECT_EQ(end("2026-01-18T08:00:00Z"), parse_instant("2026-01-18T12:00:00Z"));  // standard time
  // 8 March 2026: the clocks go from 02:00 to 03:00, so the window begins at 03:00 and ends at 06:00 summer
  // time.
  EXPECT_EQ(end("2026-03-08T08:00:00Z"), parse_instant("2026-03-08T11:00:00Z"));
  EXPECT_EQ((MaintenancePlan{"Nowhere/Land", {{0, 0, 1440}}}.end_of_window(Instant{})), std::nullopt);
}

TEST(LogFacts, LetNoIdentifierThrough) {
  EXPECT_TRUE(is_log_event("upstream_error"));
  EXPECT_FALSE(is_log_event("my_event"));
  EXPECT_TRUE(is_log_number("status"));
  EXPECT_FALSE(is_log_number("ssn"));
  EXPECT_TRUE(is_log_word("member", "payments.amount"));
  EXPECT_FALSE(is_log_word("member", "case0012345678"));
  EXPECT_FALSE(is_log_word("name", "priya"));
  EXPECT_TRUE(is_log_code("upstream_code", "ICOP-1001"));
  for (const char* wrong : {"900-12-3456", "0012345678", "C900123456", "a@example.com", "", "Blue Harbor"})
    EXPECT_FALSE(is_log_code("upstream_code", wrong)) << wrong;
}

}  // namespace
}  // namespace casebridge::switchboard
