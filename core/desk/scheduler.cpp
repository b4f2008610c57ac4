// Threads that take, run and settle jobs; one more keeps their leases, and one for each lane
// does the chores.
#include "core/desk/scheduler.hpp"

#include <algorithm>
#include <exception>

#include "core/base/crypto.hpp"

namespace casebridge::desk {
namespace {

using Steady = std::chrono::steady_clock;

}  // namespace

Scheduler::Scheduler(ports::Store& store, const Clock& clock, const Log& log, SchedulerSettings settings)
    : store_(store), clock_(clock), log_(log), settings_(settings), owner_(crypto::random_token()) {}

Scheduler::~Scheduler() { stop(); }

void Scheduler::handle(std::string_view kind, Work work) { works_[std::string(kind)] = std::move(work); }

void Scheduler::every(Lane lane, std::chrono::milliseconds interval, Chore chore) {
  chores_.push_back({lane, interval, std::move(chore), {}});
}

bool Scheduler::has_chores(Lane lane) const {
  return std::any_of(chores_.begin(), chores_.end(), [&](const Repeating& one) { return one.lane == lane; });
}

void Scheduler::start() {
  const std::lock_guard lock(mutex_);
  if (!threads_.empty()) return;
  stopping_ = false;
  for (int i = 0; i < settings_.threads; ++i) threads_.emplace_back([this] { job_loop(); });
  threads_.emplace_back([this] { lease_loop(); });
  for (const Lane lane : {Lane::quick, Lane::slow})
    if (has_chores(lane)) threads_.emplace_back([this, lane] { chore_loop(lane); });
}

void Scheduler::wake() {
  {
    const std::lock_guard lock(mutex_);
    ++wakes_;
  }
  changed_.notify_all();
}

void Scheduler::stop() {
  std::vector<std::thread> ending;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    ending.swap(threads_);
  }
  changed_.notify_all();
  for (std::thread& thread : ending) thread.join();
}

int Scheduler::run_due() {
  int count = 0;
  while (run_one()) ++count;
  return count;
}

bool Scheduler::rest(Steady::time_point until, bool wakeable) {
  std::unique_lock lock(mutex_);
  const std::uint64_t seen = wakes_;
  changed_.wait_until(lock, until, [&] { return stopping_ || (wakeable && wakes_ != seen); });
  return !stopping_;
}

void Scheduler::job_loop() {
  std::uint64_t seen = 0;
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      seen = wakes_;
    }
    if (run_one()) continue;
    // A wake between the look into the database and this line must not be slept through.
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, settings_.poll_ms, [&] { return stopping_ || wakes_ != seen; });
    if (stopping_) return;
  }
}

void Scheduler::lease_loop() {
  const auto interval = std::chrono::milliseconds(settings_.lease_s) / 3;
  while (rest(Steady::now() + interval, false)) extend_leases();
}

void Scheduler::chore_loop(Lane lane) {
  for (;;) {
    auto soonest = Steady::time_point::max();
    for (Repeating& repeating : chores_) {
      if (repeating.lane != lane) continue;
      if (repeating.next <= Steady::now()) {
        try {
          repeating.chore();
        } catch (const std::exception&) {
          log_.write(LogLevel::error, "chore_broke");
        }
        repeating.next = Steady::now() + repeating.interval;
      }
      soonest = std::min(soonest, repeating.next);
    }
    if (!rest(soonest, false)) return;
  }
}

bool Scheduler::run_one() {
  std::optional<ports::Job> job;
  const Instant now = clock_.now();
  const Result<void> taken = store_.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(auto jobs, tx.jobs().take_due(owner_, now, now + settings_.lease_s, 1));
    if (!jobs.empty()) job = std::move(jobs.front());
    return {};
  });
  if (!taken) {
    log_.write(LogLevel::error, "jobs_not_taken", {{"code", taken.error().row().name}});
    return false;
  }
  if (!job) return false;
  {
    const std::lock_guard lock(mutex_);
    running_.insert(job->id);
  }
  const Result<JobEnd> end = run(*job);
  settle(*job, end);
  const std::lock_guard lock(mutex_);
  running_.erase(job->id);
  return true;
}

// A wall like the one around the adapter call: a bug in one job must not end the others.
Result<JobEnd> Scheduler::run(const ports::Job& job) const {
  const auto work = works_.find(job.kind);
  if (work == works_.end()) return trouble(TroubleCode::internal, "no work of this kind");
  try {
    return work->second(job);
  } catch (const std::exception&) {
    return trouble(TroubleCode::internal, "exception");
  }
}

void Scheduler::settle(const ports::Job& job, const Result<JobEnd>& end) {
  const Result<void> written = store_.write([&](ports::Transaction& tx) -> Result<void> {
    if (end && !end->again_at) return tx.jobs().finish(job.id);
    if (end) return tx.jobs().retry(job.id, *end->again_at, job.tries + 1, end->payload);
    const auto pause = settings_.retry_first_s * (std::int64_t{1} << std::clamp(job.tries, 0, 16));
    const Instant at = clock_.now() + std::min<std::chrono::seconds>(pause, settings_.retry_longest_s);
    return tx.jobs().retry(job.id, at, job.tries + 1, job.payload);
  });
  if (!end) {
    log_.write(end.error().row().level, "job_failed",
               {{"kind", job.kind}, {"job", job.id.text()}, {"code", end.error().row().name}});
  }
  // Not settled: its lease runs out, and it is due again.
  if (!written) log_.write(LogLevel::error, "job_not_settled", {{"job", job.id.text()}});
}

void Scheduler::extend_leases() {
  std::set<JobId> running;
  {
    const std::lock_guard lock(mutex_);
    running = running_;
  }
  for (const JobId& id : running) {
    const Instant until = clock_.now() + settings_.lease_s;
    const Result<void> written = store_.write([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY([[maybe_unused]] const bool kept, tx.jobs().extend(id, owner_, until));
      return {};
    });
    if (!written) log_.write(LogLevel::warn, "lease_not_extended", {{"job", id.text()}});
  }
}

}  // namespace casebridge::desk
