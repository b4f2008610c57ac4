// Workers: a few threads that serve whichever connections have something to say; an idle connection costs
// none.
#pragma once

#include <atomic>
#include <chrono>
#include <list>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "core/http/connection.hpp"
#include "core/http/sleepers.hpp"
#include "core/http/turn_line.hpp"

namespace casebridge::http {

// As many threads as keep the processors busy take turns at one epoll descriptor: who has answered one
// connection takes the next, without a switch in between. One that is held up by its request (a state, a
// password) does not count any more after a moment, and another is started for it.
//
// While a thread rests, whatever comes is answered by it at once. When none does, each of them, between two
// answers, looks at everything that has arrived, so that it is known what waits and since when: whole
// requests stand in line for their turn, and those that would wait too long are refused there and then.
class Workers {
 public:
  // The setting outlives the workers, and so does the listening descriptor. Throws std::runtime_error when
  // the machine has no descriptor left.
  Workers(const ConnectionSetting& setting, int listener, const TurnBounds& bounds = {},
          int workers_per_processor = 1);
  ~Workers();  // as stop
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  void start();
  // After the signal to drain. Waits for every request under way. Harmless twice.
  void stop();
  // Connections that have a worker now; of the others somebody only waits.
  int working() const { return working_; }
  // Whole requests that wait for their turn.
  int in_line() const;

 private:
  using SteadyClock = std::chrono::steady_clock;
  struct Worker {
    std::thread thread;
    std::atomic<int> id{0};                       // as the kernel counts threads
    std::atomic<SteadyClock::rep> busy_since{0};  // 0: waits for something to do
    std::atomic<bool> ended{false};
    struct Look {  // the overseer's
      SteadyClock::rep busy_since = 0;
      SteadyClock::time_point at;
      std::chrono::nanoseconds runnable{};
      bool held_up = false;
    } last_look;
  };

  using Deed = Next (Connection::*)();
  void serve(Worker& worker);
  bool begin_rest(bool& alone);
  void end_rest();
  bool attend(std::uint64_t mark, bool last);
  bool is_crowded() const;
  void accept();
  void go_on(Connection& connection, Deed deed, bool may_answer);
  bool line_is_empty() const;
  bool stands_in_line(Connection& connection);
  void serve_line();
  void park(Connection& connection, Next next);
  void end(const Connection& connection);
  void watch(int descriptor, std::uint64_t mark, std::uint32_t events, int operation);
  void oversee();
  void wake_sleepers();
  bool somebody_rests() const;
  void look_for_the_busy();
  static bool is_held_up(Worker& worker);
  void keep_enough_workers();
  void end_silent_connections();
  bool leaves();

  const ConnectionSetting& setting_;
  const int listener_;
  const int wanted_;  // workers that are not held up
  int epoll_ = -1, leave_ = -1, wake_ = -1;
  std::atomic<bool> listener_rests_{false};  // it was not accepted from for want of descriptors
  std::atomic<int> too_many_{0};             // workers that should leave
  std::atomic<int> working_{0};
  mutable std::mutex line_mutex_;
  TurnLine<Connection*> line_;
  int resting_ = 0;                // workers that found the line empty and wait for an event
  Sleepers<Connection> sleepers_;  // streams with nothing to tell
  std::mutex mutex_;
  std::unordered_map<const Connection*, std::unique_ptr<Connection>> connections_;
  std::list<Worker> workers_;  // the overseer's alone, once it runs
  std::thread overseer_;
  std::atomic<bool> stopping_{false};
};

}  // namespace casebridge::http
