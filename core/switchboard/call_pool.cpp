// Threads are made when first needed and then stay; each serves one call after the other.
#include "core/switchboard/call_pool.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace casebridge::switchboard {
namespace {

// How often a waiting caller looks whether it was cancelled.
constexpr std::chrono::milliseconds cancel_poll{50};

}  // namespace

struct CallPool::State {
  struct Job {
    std::function<void()> work;
    bool started = false;
    bool finished = false;
    bool left = false;  // nobody waits any more
  };

  std::mutex mutex;
  std::condition_variable work_came;
  std::condition_variable work_done;
  std::deque<std::shared_ptr<Job>> queue;
  std::chrono::milliseconds grace{0};
  int threads_max = 1;
  int threads = 0;
  int idle = 0;
  int stuck = 0;
  bool closing = false;
};

CallPool::CallPool(int threads_max, std::chrono::milliseconds grace) : state_(std::make_shared<State>()) {
  state_->threads_max = threads_max;
  state_->grace = grace;
}

CallPool::~CallPool() {
  std::unique_lock lock(state_->mutex);
  state_->closing = true;
  state_->queue.clear();
  state_->work_came.notify_all();
  state_->work_done.wait_for(lock, state_->grace, [&] { return state_->threads == 0; });
}

int CallPool::stuck() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->stuck;
}

void CallPool::serve(const std::shared_ptr<State>& state) {
  std::unique_lock lock(state->mutex);
  for (;;) {
    ++state->idle;
    state->work_came.wait(lock, [&] { return state->closing || !state->queue.empty(); });
    --state->idle;
    if (state->closing) break;
    const std::shared_ptr<State::Job> job = std::move(state->queue.front());
    state->queue.pop_front();
    job->started = true;
    std::function<void()> work = std::move(job->work);
    lock.unlock();
    work();
    work = nullptr;  // what the call owned goes before its end is announced
    lock.lock();
    job->finished = true;
    if (job->left) --state->stuck;
    state->work_done.notify_all();
  }
  --state->threads;
  state->work_done.notify_all();
}

CallPool::Outcome CallPool::run(std::function<void()> work, const Deadline& deadline) {
  const auto job = std::make_shared<State::Job>();
  job->work = std::move(work);
  std::unique_lock lock(state_->mutex);
  // More callers than could be served before their patience ends would only wait for nothing.
  if (state_->queue.size() >= static_cast<std::size_t>(state_->threads_max) * 8) return Outcome::refused;
  state_->queue.push_back(job);
  if (state_->idle < static_cast<int>(state_->queue.size()) && state_->threads < state_->threads_max) {
    ++state_->threads;
    std::thread(&CallPool::serve, state_).detach();
  }
  state_->work_came.notify_one();
  while (!job->finished) {
    const auto now = Deadline::SteadyClock::now();
    const auto end = job->started ? deadline.at() + state_->grace : deadline.at();
    if (now >= end || deadline.cancelled()) break;
    state_->work_done.wait_until(lock, std::min(end, now + cancel_poll));
  }
  // A call in progress gets one grace to notice that its caller has gone.
  if (deadline.cancelled() && job->started)
    state_->work_done.wait_for(lock, state_->grace, [&] { return job->finished; });
  if (job->finished) return Outcome::finished;
  if (!job->started) {
    const auto at = std::find(state_->queue.begin(), state_->queue.end(), job);
    if (at != state_->queue.end()) state_->queue.erase(at);
    return Outcome::refused;
  }
  job->left = true;
  ++state_->stuck;
  return Outcome::abandoned;
}

}  // namespace casebridge::switchboard
