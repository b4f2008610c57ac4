// The scheduler: jobs run, come back, survive, and stop when told.
#include <atomic>
#include <future>

#include "core/desk/sweep.hpp"
#include "tests/unit/desk/desk_world.hpp"

namespace casebridge::desk::testing {
namespace {

class Scheduling : public DeskWorld {
 protected:
  void enqueue(const std::string& kind, const std::string& subject) {
    const ports::Job job{JobId::make(clock_.now()), kind, subject, "first", clock_.now(), 0};
    EXPECT_TRUE(store_->write([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY([[maybe_unused]] const bool made, tx.jobs().enqueue(job));
      return {};
    }));
  }
};

TEST_F(Scheduling, runs_a_due_job_once) {
  enqueue("count", "a");
  int runs = 0;
  Scheduler scheduler(*store_, clock_, log_, {});
  scheduler.handle("count", [&](const ports::Job&) -> Result<JobEnd> {
    ++runs;
    return JobEnd{};
  });
  EXPECT_EQ(scheduler.run_due(), 1);
  EXPECT_EQ(scheduler.run_due(), 0);
  EXPECT_EQ(runs, 1);
}

TEST_F(Scheduling, brings_a_job_back_with_what_it_left_for_itself) {
  enqueue("again", "a");
  std::vector<std::string> payloads;
  Scheduler scheduler(*store_, clock_, log_, {});
  scheduler.handle("again", [&](const ports::Job& job) -> Result<JobEnd> {
    payloads.push_back(job.payload);
    if (payloads.size() == 2) return JobEnd{};
    return JobEnd{clock_.now() + std::chrono::seconds{60}, "second"};
  });
  EXPECT_EQ(scheduler.run_due(), 1);
  EXPECT_EQ(scheduler.run_due(), 0);
  clock_.advance(std::chrono::seconds{60});
  EXPECT_EQ(scheduler.run_due(), 1);
  EXPECT_EQ(payloads, (std::vector<std::string>{"first", "second"}));
}

TEST_F(Scheduling, waits_longer_after_each_failure_and_survives_exceptions) {
  enqueue("broken", "a");
  int runs = 0;
  Scheduler scheduler(*store_, clock_, log_, {});
  scheduler.handle("broken", [&](const ports::Job&) -> Result<JobEnd> {
    if (++runs == 1) throw std::runtime_error("a bug");
    return trouble(TroubleCode::dependency_failed);
  });
  EXPECT_EQ(scheduler.run_due(), 1);
  clock_.advance(std::chrono::seconds{5});
  EXPECT_EQ(scheduler.run_due(), 1);
  clock_.advance(std::chrono::seconds{5});
  EXPECT_EQ(scheduler.run_due(), 0);
  clock_.advance(std::chrono::seconds{5});
  EXPECT_EQ(scheduler.run_due(), 1);
}

TEST_F(Scheduling, takes_over_a_job_whose_runner_died) {
  enqueue("count", "a");
  EXPECT_TRUE(store_->write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const auto taken,
                   tx.jobs().take_due("dead", clock_.now(), clock_.now() + std::chrono::seconds{180}, 1));
    EXPECT_EQ(taken.size(), 1u);
    return {};
  }));
  restart();
  Scheduler scheduler(*store_, clock_, log_, {});
  scheduler.handle("count", [](const ports::Job&) -> Result<JobEnd> { return JobEnd{}; });
  EXPECT_EQ(scheduler.run_due(), 0);
  clock_.advance(std::chrono::seconds{181});
  EXPECT_EQ(scheduler.run_due(), 1);
}

TEST_F(Scheduling, wakes_for_a_new_job_and_stops_cleanly) {
  std::promise<void> ran, chore;
  std::atomic<int> chores = 0;
  SchedulerSettings settings;
  settings.poll_ms = std::chrono::minutes{10};  // so that only the wake can be the reason
  Scheduler scheduler(*store_, clock_, log_, settings);
  scheduler.handle("once", [&](const ports::Job&) -> Result<JobEnd> {
    ran.set_value();
    return JobEnd{};
  });
  scheduler.every(Scheduler::Lane::quick, std::chrono::minutes{10}, [&] {
    if (++chores == 1) chore.set_value();
  });
  scheduler.start();
  EXPECT_EQ(chore.get_future().wait_for(std::chrono::seconds{10}), std::future_status::ready);
  enqueue("once", "a");
  scheduler.wake();
  EXPECT_EQ(ran.get_future().wait_for(std::chrono::seconds{10}), std::future_status::ready);
  scheduler.stop();
  enqueue("once", "b");
  scheduler.wake();
  EXPECT_EQ(chores, 1);
}

TEST_F(Scheduling, a_chore_that_waits_for_others_holds_up_no_quick_one) {
  std::promise<void> begun, release, third;
  std::atomic<int> quick = 0;
  Scheduler scheduler(*store_, clock_, log_, {});
  scheduler.every(Scheduler::Lane::slow, std::chrono::minutes{10}, [&] {
    begun.set_value();
    release.get_future().wait();
  });
  scheduler.every(Scheduler::Lane::quick, std::chrono::milliseconds{1}, [&] {
    if (++quick == 3) third.set_value();
  });
  scheduler.start();
  EXPECT_EQ(begun.get_future().wait_for(std::chrono::seconds{10}), std::future_status::ready);
  EXPECT_EQ(third.get_future().wait_for(std::chrono::seconds{10}), std::future_status::ready);
  release.set_value();
  scheduler.stop();
}

TEST_F(Scheduling, sweeps_attempts_that_nobody_went_on_with) {
  start();
  EXPECT_EQ(sweep(desk())->attempts, 0);
  clock_.advance(std::chrono::hours{49});
  EXPECT_EQ(sweep(desk())->attempts, 1);
}

}  // namespace
}  // namespace casebridge::desk::testing
