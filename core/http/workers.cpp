// Every descriptor is armed for one event at a time, so that a connection is never in two hands: it is parked
// there, among the sleepers, or in line.
#include "core/http/workers.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <Poco/Exception.h>
#include <Poco/Net/StreamSocketImpl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <system_error>

namespace casebridge::http {
namespace {

using namespace std::chrono_literals;
constexpr auto tick = 10ms;      // how often the overseer looks after the workers
constexpr auto busy_tick = 3ms;  // while all of them are busy
constexpr auto look = 1ms;       // and at what has arrived meanwhile
constexpr auto busy_for = 50ms;  // so long after all were busy it goes on so
constexpr auto between_sweeps = 50ms;
constexpr auto held_up_for = 100ms;      // so long it is believed of a worker
constexpr auto between_looks = 250us;    // of a worker that serves those in line
constexpr int refused_at_once_max = 64;  // connections too many that are told so; others are closed
// Requests that wait for a state or a database; whoever waits for its client or for events has no worker.
constexpr std::size_t workers_max = 320;
constexpr int events_at_once_max = 16;

// What an event is about: a connection, or one that may be among the sleepers.
constexpr std::uint64_t sleeper_bit = 1;

std::uint64_t mark_of(const void* thing) { return reinterpret_cast<std::uintptr_t>(thing); }
Connection* connection_of(std::uint64_t mark) {
  return reinterpret_cast<Connection*>(static_cast<std::uintptr_t>(mark & ~sleeper_bit));
}

void raise_event(int descriptor) {
  const std::uint64_t one = 1;
  // Fails only when the counter would overflow, and then somebody has not looked for very long.
  [[maybe_unused]] const auto written = ::write(descriptor, &one, sizeof one);
}

int processors() { return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 2U, 64U)); }

// Whether a thread waits for something else than its turn at a processor, right now.
bool sleeps(int thread) {
  std::ifstream in("/proc/self/task/" + std::to_string(thread) + "/stat");
  std::string text;
  std::getline(in, text);
  const std::size_t name_end = text.rfind(") ");  // the name may hold anything
  return name_end == std::string::npos || text.compare(name_end + 2, 1, "R") != 0;
}

// How long a thread has had a processor or waited for its turn at one, as far as the kernel has added it up,
// which is not while it does either; nothing when the kernel does not say.
std::optional<std::chrono::nanoseconds> runnable_time(int thread) {
  std::ifstream in("/proc/self/task/" + std::to_string(thread) + "/schedstat");
  std::chrono::nanoseconds::rep ran = 0, waited = 0;
  if (!(in >> ran >> waited)) return std::nullopt;
  return std::chrono::nanoseconds(ran + waited);
}

}  // namespace

Workers::Workers(const ConnectionSetting& setting, int listener, const TurnBounds& bounds,
                 int workers_per_processor)
    : setting_(setting),
      listener_(listener),
      wanted_(processors() * workers_per_processor),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      leave_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      line_(bounds) {
  if (epoll_ >= 0 && leave_ >= 0 && wake_ >= 0) return;
  for (const int descriptor : {epoll_, leave_, wake_})
    if (descriptor >= 0) ::close(descriptor);
  throw std::runtime_error("no descriptor for the workers");
}

Workers::~Workers() {
  stop();
  for (const int descriptor : {epoll_, leave_, wake_}) ::close(descriptor);
}

void Workers::start() {
  watch(leave_, mark_of(&leave_), EPOLLIN, EPOLL_CTL_ADD);
  watch(wake_, mark_of(&wake_), EPOLLIN | EPOLLET, EPOLL_CTL_ADD);  // each call wakes one
  watch(listener_, mark_of(&listener_), EPOLLIN | EPOLLONESHOT, EPOLL_CTL_ADD);
  keep_enough_workers();
  overseer_ = std::thread([this] { oversee(); });
}

void Workers::stop() {
  if (stopping_.exchange(true)) return;
  if (overseer_.joinable()) overseer_.join();
  raise_event(leave_);
  for (Worker& worker : workers_) worker.thread.join();
  workers_.clear();
  connections_.clear();
}

int Workers::in_line() const {
  const std::lock_guard lock(line_mutex_);
  return static_cast<int>(line_.size());
}

void Workers::watch(int descriptor, std::uint64_t mark, std::uint32_t events, int operation) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = mark;
  ::epoll_ctl(epoll_, operation, descriptor, &event);
}

void Workers::serve(Worker& worker) {
  worker.id = ::gettid();
  std::array<epoll_event, events_at_once_max> events;
  for (bool stays = true; stays && !leaves();) {
    bool alone = true;
    const bool rests = begin_rest(alone);
    const int count =
        ::epoll_wait(epoll_, events.data(), rests && !alone ? 1 : events_at_once_max, rests ? -1 : 0);
    if (rests) end_rest();
    worker.busy_since = SteadyClock::now().time_since_epoch().count();
    for (int i = 0; i < count && stays; ++i)
      stays = attend(events[static_cast<std::size_t>(i)].data.u64, i + 1 == count);
    if (stays) serve_line();
    worker.busy_since = 0;
  }
  worker.ended = true;
}

// Several that join the line may wake but one, who goes on until it is empty.
bool Workers::leaves() {
  if (too_many_ == 0 || !line_is_empty()) return false;
  int left = too_many_.load();
  while (left > 0) {
    if (too_many_.compare_exchange_weak(left, left - 1)) return true;
  }
  return false;
}

// Whoever joins the line afterwards sees that somebody rests, and wakes them. `alone`: nobody else is there
// to take what comes, so it is all looked at.
bool Workers::begin_rest(bool& alone) {
  const std::lock_guard lock(line_mutex_);
  if (!line_.empty()) return false;
  alone = resting_++ == 0;
  return true;
}

void Workers::end_rest() {
  const std::lock_guard lock(line_mutex_);
  --resting_;
}

// `last`: no other event is in this worker's hands, so that nobody waits while it answers.
bool Workers::attend(std::uint64_t mark, bool last) {
  if (mark == mark_of(&leave_)) return false;
  if (mark == mark_of(&wake_)) return true;
  if (mark == mark_of(&listener_)) {
    accept();
    return true;
  }
  Connection* const connection = connection_of(mark);
  // Its moment may have come together with this event, and then it is somebody else's, or nobody's any more.
  if ((mark & sleeper_bit) != 0 && !sleepers_.wake(connection)) return true;
  go_on(*connection, &Connection::go_on, last);
  return true;
}

void Workers::go_on(Connection& connection, Deed deed, bool may_answer) {
  Next next = Next::end;
  {
    // Once it is armed or in line another worker may have it, and waits here until this one has let go.
    const std::lock_guard one_hand(connection.hand());
    ++working_;
    next = (connection.*deed)();
    while (next == Next::turn) {
      if (may_answer && line_is_empty()) {
        next = connection.take_turn();
      } else if (stands_in_line(connection)) {
        --working_;
        return;
      } else {
        next = connection.refuse_turn(connection.turn_class());
      }
    }
    --working_;
    if (next != Next::end) park(connection, next);
  }
  if (next == Next::end) end(connection);
}

bool Workers::line_is_empty() const {
  const std::lock_guard lock(line_mutex_);
  return line_.empty();
}

bool Workers::stands_in_line(Connection& connection) {
  const bool goes_on = connection.streams();
  const TurnClass turn = goes_on ? TurnClass::background : connection.turn_class();
  bool somebody_rests = false;
  {
    const std::lock_guard lock(line_mutex_);
    if (goes_on)
      line_.enter(&connection, turn, SteadyClock::now());
    else if (!line_.join(&connection, turn, SteadyClock::now()))
      return false;
    somebody_rests = resting_ > 0;
  }
  if (somebody_rests) raise_event(wake_);
  return true;
}

// Until it is time to see what else has come: to look costs as much as a short answer does.
void Workers::serve_line() {
  const auto until = SteadyClock::now() + between_looks;
  for (auto now = until - between_looks; now < until; now = SteadyClock::now()) {
    std::optional<Connection*> next;
    {
      const std::lock_guard lock(line_mutex_);
      next = line_.next(now);
    }
    if (!next) return;
    go_on(**next, &Connection::take_turn, true);
  }
}

void Workers::park(Connection& connection, Next next) {
  std::uint64_t mark = mark_of(&connection);
  if (next == Next::moment) {
    mark |= sleeper_bit;
    sleepers_.lie_down(&connection, connection.moment());
  }
  watch(connection.descriptor(), mark, (next == Next::writable ? EPOLLOUT : EPOLLIN) | EPOLLONESHOT,
        EPOLL_CTL_MOD);
}

void Workers::end(const Connection& connection) {
  std::unique_ptr<Connection> ended;  // closed outside the lock
  const std::lock_guard lock(mutex_);
  const auto place = connections_.find(&connection);
  ended = std::move(place->second);
  connections_.erase(place);
}

bool Workers::is_crowded() const {
  return setting_.all_count.exceeds_by(refused_at_once_max) &&
         setting_.count.open() > setting_.connections_kept;
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
        if (setting_.signal.draining() || is_crowded()) continue;
        connections_.emplace(connection, std::move(made));
      }
      watch(descriptor, mark_of(connection), EPOLLIN | EPOLLONESHOT, EPOLL_CTL_ADD);
    } catch (const std::exception&) {
      // The peer was gone before it was looked at.
    }
  }
  if (!listener_rests_ && !setting_.signal.draining())
    watch(listener_, mark_of(&listener_), EPOLLIN | EPOLLONESHOT, EPOLL_CTL_MOD);
}

void Workers::oversee() {
  SteadyClock::time_point busy_until{}, sweep_at{};
  while (!stopping_) {
    auto now = SteadyClock::now();
    for (const auto end = now + (now < busy_until ? busy_tick : tick); now < end; now = SteadyClock::now()) {
      if (!somebody_rests()) busy_until = now + busy_for;
      std::this_thread::sleep_until(now < busy_until ? std::min<SteadyClock::time_point>(now + look, end)
                                                     : end);
      look_for_the_busy();
    }
    wake_sleepers();
    keep_enough_workers();
    if (now < sweep_at && !setting_.signal.draining()) continue;
    sweep_at = now + between_sweeps;
    end_silent_connections();
    if (listener_rests_.exchange(false))
      watch(listener_, mark_of(&listener_), EPOLLIN | EPOLLONESHOT, EPOLL_CTL_MOD);
  }
}

bool Workers::somebody_rests() const {
  const std::lock_guard lock(line_mutex_);
  return resting_ > 0;
}

// While all workers answer something long, what has come meanwhile is looked at here, so that it stands in
// line from now on, or knows at once that it cannot. Nothing is answered here.
void Workers::look_for_the_busy() {
  constexpr std::size_t events_max = 64;
  if (somebody_rests()) return;
  std::array<epoll_event, events_max> events;
  const int count = ::epoll_wait(epoll_, events.data(), events_max, 0);
  for (int i = 0; i < count; ++i) {
    const std::uint64_t mark = events[static_cast<std::size_t>(i)].data.u64;
    if (mark == mark_of(&wake_)) raise_event(wake_);  // it was for a worker that has come to rest since
    attend(mark, false);
  }
}

// A stream that is told to end says so in its own words.
void Workers::wake_sleepers() {
  const auto until = setting_.signal.draining() ? SteadyClock::time_point::max() : SteadyClock::now();
  for (Connection* const connection : sleepers_.wake_until(until)) stands_in_line(*connection);
}

// Whether for most of the time since the last look it has waited for something else than its turn at a
// processor: a state, a password, a database. A machine that is overloaded makes everybody slow, and more
// threads would only make it slower. Who is held up counts so for a while, without being looked at: there may
// be hundreds.
bool Workers::is_held_up(Worker& worker) {
  Worker::Look& last = worker.last_look;
  const auto busy_since = worker.busy_since.load();
  if (busy_since == 0) return false;
  const auto now = SteadyClock::now();
  const bool is_same = busy_since == last.busy_since;
  if (is_same && last.held_up && now - last.at < held_up_for) return true;
  const auto runnable = runnable_time(worker.id);
  const bool waited = !runnable || (*runnable - last.runnable) * 2 < now - last.at;
  const bool waits = is_same && waited && sleeps(worker.id);
  last = {busy_since, now, runnable.value_or(last.runnable), waits};
  return waits;
}

void Workers::keep_enough_workers() {
  int free = 0;
  for (auto worker = workers_.begin(); worker != workers_.end();) {
    if (worker->ended) {
      worker->thread.join();
      worker = workers_.erase(worker);
      continue;
    }
    if (!is_held_up(*worker)) ++free;
    ++worker;
  }
  too_many_ = std::max(0, free - wanted_);
  for (; free < wanted_ && workers_.size() < workers_max; ++free) {
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
