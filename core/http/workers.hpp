// Workers: a few threads that serve whichever connections have something to say; an idle connection costs
// none.
#pragma once

#include <atomic>
#include <list>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "core/http/connection.hpp"

namespace casebridge::http {

// As many threads as keep the processors busy take turns at one epoll descriptor: who has answered one
// connection takes the next, without a switch in between. One that is held up by its request (a state, a slow
// body) does not count any more after a moment, and another is started for it.
class Workers {
 public:
  // The setting outlives the workers, and so does the listening descriptor. Throws std::runtime_error when
  // the machine has no descriptor left.
  Workers(const ConnectionSetting& setting, int listener, int connections_max);
  ~Workers();  // as stop
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  void start();
  // After the signal to drain. Waits for every request under way. Harmless twice.
  void stop();
  // Connections that have a worker now; of the others somebody only waits.
  int working() const { return working_; }

 private:
  using SteadyClock = std::chrono::steady_clock;
  struct Worker {
    std::thread thread;
    std::atomic<int> id{0};                       // as the kernel counts threads
    std::atomic<SteadyClock::rep> busy_since{0};  // 0: waits for something to do
    std::atomic<bool> ended{false};
  };

  void serve(Worker& worker);
  void accept();
  void go_on(Connection& connection);
  void watch(int descriptor, void* mark, std::uint32_t events, int operation);
  void oversee();
  void keep_enough_workers();
  void end_silent_connections();
  bool leaves();

  const ConnectionSetting& setting_;
  const int listener_;
  const std::size_t connections_max_;
  int epoll_ = -1, leave_ = -1;
  std::atomic<bool> listener_rests_{false};  // it was not accepted from for want of descriptors
  std::atomic<int> too_many_{0};             // workers that should leave
  std::atomic<int> working_{0};
  std::mutex mutex_;
  std::unordered_map<const Connection*, std::unique_ptr<Connection>> connections_;
  std::list<Worker> workers_;  // the overseer's alone, once it runs
  std::thread overseer_;
  std::atomic<bool> stopping_{false};
};

}  // namespace casebridge::http
