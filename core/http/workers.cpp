// Every descriptor is armed for one event at a time, so that a connection is never in two hands.
#include "core/http/workers.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <Poco/Exception.h>
#include <Poco/Net/StreamSocketImpl.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace casebridge::http {
namespace {

using namespace std::chrono_literals;
constexpr auto tick = 10ms;           // how often the overseer looks
constexpr auto held_up_after = 10ms;  // a worker at one connection for so long waits for somebody else
constexpr int ticks_between_sweeps = 5;
constexpr std::size_t refused_at_once_max = 64;  // connections too many that are told so; others are closed
// Requests that wait for a state or a database, and streams of events; whoever only waits for its client has
// no worker.
constexpr std::size_t workers_max = 320;

// Requests wait for their database about as long as they use a processor; one that is far away needs some
// more to wait beside each other, also on a small machine.
int workers_wanted() {
  return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 4U, 64U)) * 2;
}

// Whether a thread waits for something else than its turn at a processor. A machine that is overloaded makes
// everybody slow; more threads would only make it slower.
bool sleeps(int thread) {
  std::ifstream in("/proc/self/task/" + std::to_string(thread) + "/stat");
  std::string text;
  std::getline(in, text);
  const std::size_t name_end = text.rfind(") ");  // the name may hold anything
  return name_end == std::string::npos || text.compare(name_end + 2, 1, "R") != 0;
}

}  // namespace

Workers::Workers(const ConnectionSetting& setting, int listener, int connections_max)
    : setting_(setting),
      listener_(listener),
      connections_max_(static_cast<std::size_t>(connections_max)),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      leave_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (epoll_ >= 0 && leave_ >= 0) return;
  if (epoll_ >= 0) ::close(epoll_);
  if (leave_ >= 0) ::close(leave_);
  throw std::runtime_error("no descriptor for the workers");
}

Workers::~Workers() {
  stop();
  ::close(epoll_);
  ::close(leave_);
}

void Workers::start() {
  watch(leave_, &leave_, EPOLLIN, EPOLL_CTL_ADD);
  watch(listener_, &epoll_, EPOLLIN | EPOLLONESHOT, EPOLL_CTL_ADD);
  keep_enough_workers();
  overseer_ = std::thread([this] { oversee(); });
}

void Workers::stop() {
  if (stopping_.exchange(true)) return;
  if (overseer_.joinable()) overseer_.join();
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(leave_, &one, sizeof one);
  for (Worker& worker : workers_) worker.thread.join();
  workers_.clear();
  connections_.clear();
}

void Workers::watch(int descriptor, void* mark, std::uint32_t events, int operation) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = mark;
  ::epoll_ctl(epoll_, operation, descriptor, &event);
}

void Workers::serve(Worker& worker) {
  worker.id = ::gettid();
  while (!leaves()) {
    epoll_event event{};
    if (::epoll_wait(epoll_, &event, 1, -1) != 1) continue;
    if (event.data.ptr == &leave_) break;
    worker.busy_since = SteadyClock::now().time_since_epoch().count();
    if (event.data.ptr == &epoll_)
      accept();
    else
      go_on(*static_cast<Connection*>(event.data.ptr));
    worker.busy_since = 0;
  }
  worker.ended = true;
}

bool Workers::leaves() {
  int left = too_many_.load();
  while (left > 0) {
    if (too_many_.compare_exchange_weak(left, left - 1)) return true;
  }
  return false;
}

void Workers::go_on(Connection& connection) {
  Next next = Next::end;
  {
    // Once it is armed another worker may have it, and waits here until this one has let go.
    const std::lock_guard one_hand(connection.hand());
    ++working_;
    next = connection.go_on();
    --working_;
    if (next != Next::end)
      watch(connection.descriptor(), &connection,
            (next == Next::writable ? EPOLLOUT : EPOLLIN) | EPOLLONESHOT, EPOLL_CTL_MOD);
  }
  if (next != Next::end) return;
  std::unique_ptr<Connection> ended;  // closed outside the lock
  const std::lock_guard lock(mutex_);
  const auto place = connections_.find(&connection);
  ended = std::move(place->second);
  connections_.erase(place);
}

void Workers::accept() {
  for (;;) {
    const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (descriptor < 0) {
      if (errno == EINTR || errno == ECONNABORTED) continue;
      if (errno != EAGAIN) listener_rests_ = true;
      break;
    }
    try {
      auto made = std::make_unique<Connection>(
          Poco::Net::StreamSocket(new Poco::Net::StreamSocketImpl(descriptor)), setting_);
      Connection* const connection = made.get();
      {
        const std::lock_guard lock(mutex_);
        if (setting_.signal.draining() || connections_.size() >= connections_max_ + refused_at_once_max)
          continue;
        connections_.emplace(connection, std::move(made));
      }
      watch(descriptor, connection, EPOLLIN | EPOLLONESHOT, EPOLL_CTL_ADD);
    } catch (const std::exception&) {
      // The peer was gone before it was looked at.
    }
  }
  if (!listener_rests_ && !setting_.signal.draining())
    watch(listener_, &epoll_, EPOLLIN | EPOLLONESHOT, EPOLL_CTL_MOD);
}

void Workers::oversee() {
  for (int ticks = 0; !stopping_; ++ticks) {
    std::this_thread::sleep_for(tick);
    keep_enough_workers();
    if (ticks % ticks_between_sweeps != 0 && !setting_.signal.draining()) continue;
    end_silent_connections();
    if (listener_rests_.exchange(false)) watch(listener_, &epoll_, EPOLLIN | EPOLLONESHOT, EPOLL_CTL_MOD);
  }
}

void Workers::keep_enough_workers() {
  const auto now = SteadyClock::now();
  int free = 0;
  for (auto worker = workers_.begin(); worker != workers_.end();) {
    if (worker->ended) {
      worker->thread.join();
      worker = workers_.erase(worker);
      continue;
    }
    const auto since = worker->busy_since.load();
    const bool held_up =
        since != 0 && now - SteadyClock::time_point(SteadyClock::duration(since)) >= held_up_after;
    if (!held_up || !sleeps(worker->id)) ++free;
    ++worker;
  }
  const int wanted = workers_wanted();
  too_many_ = std::max(0, free - wanted);
  for (; free < wanted && workers_.size() < workers_max; ++free) {
    Worker& worker = workers_.emplace_back();
    try {
      worker.thread = std::thread([this, &worker] { serve(worker); });
    } catch (const std::system_error&) {
      workers_.pop_back();  // the machine has no room for it; those that are there go on
      return;
    }
  }
}

// Nothing is taken out of a worker's hands: the socket is told to have ended, and whoever serves it finds
// out. What has arrived before is read before that.
void Workers::end_silent_connections() {
  const auto now = SteadyClock::now();
  const bool draining = setting_.signal.draining();
  const std::lock_guard lock(mutex_);
  for (const auto& [connection, owned] : connections_) {
    if (connection->is_overdue(now) || (draining && connection->is_idle())) owned->end_silence();
  }
}

}  // namespace casebridge::http
