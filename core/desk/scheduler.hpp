// Scheduler: a bounded set of threads that takes due jobs from the database and runs the use case of their
// kind.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "core/desk/desk.hpp"
#include "core/desk/jobs.hpp"

namespace casebridge::desk {

struct SchedulerSettings {
  int threads = 2;
  std::chrono::milliseconds poll_ms{1'000};  // when nothing wakes it
  std::chrono::seconds lease_s{180};         // a job whose runner died is due again after this
  std::chrono::seconds retry_first_s{5};     // doubles with each failure
  std::chrono::seconds retry_longest_s{3600};
};

// start, stop and wake from any thread. Nothing is remembered here: after a crash the database tells what is
// due.
class Scheduler {
 public:
  using Work = std::function<Result<JobEnd>(const ports::Job&)>;
  using Chore = std::function<void()>;
  // Chores of one lane take turns on one thread: what may wait for others, such as a mail server, holds up
  // nothing that has to come often.
  enum class Lane { quick, slow };

  Scheduler(ports::Store&, const Clock&, const Log&, SchedulerSettings);
  ~Scheduler();  // stops
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  // Both only before start.
  void handle(std::string_view kind, Work);
  void every(Lane lane, std::chrono::milliseconds interval, Chore);  // real time

  void start();
  void wake();
  // Takes no more jobs, waits for those that run; those not begun stay due in the database.
  void stop();
  // Runs all jobs that are due now on the calling thread; for tests and for tools. How many ran.
  int run_due();

 private:
  struct Repeating {
    Lane lane;
    std::chrono::milliseconds interval;
    Chore chore;
    std::chrono::steady_clock::time_point next{};
  };
  void job_loop();
  void chore_loop(Lane lane);
  bool has_chores(Lane lane) const;
  void lease_loop();
  bool run_one();  // false: nothing was due
  Result<JobEnd> run(const ports::Job&) const;
  void settle(const ports::Job&, const Result<JobEnd>&);
  void extend_leases();
  // Sleeps until `until`, or less when it is woken or stopped. False: stopped.
  bool rest(std::chrono::steady_clock::time_point until, bool wakeable);

  ports::Store& store_;
  const Clock& clock_;
  const Log& log_;
  const SchedulerSettings settings_;
  const std::string owner_;  // of this instance's leases
  std::map<std::string, Work, std::less<>> works_;
  std::vector<Repeating> chores_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  bool stopping_ = false;
  std::uint64_t wakes_ = 0;
  std::set<JobId> running_;
  std::vector<std::thread> threads_;
};

}  // namespace casebridge::desk
