// Wire: one accepted socket, plain or TLS, never blocking; every wait has a wall-clock end and can be woken.
#pragma once

#include <Poco/Net/Context.h>
#include <Poco/Net/StreamSocket.h>
#include <poll.h>

#include <chrono>
#include <string>
#include <string_view>

#include "core/http/stop_signal.hpp"

namespace casebridge::http {

enum class Arrival { octets, closed, nothing, timed_out, woken };
enum class Departure { all, some, gone };

// One thread.
class Wire {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // With `tls` the handshake is made within the first looks.
  Wire(const Poco::Net::StreamSocket& socket, const Poco::Net::Context::Ptr& tls, const StopSignal& signal);
  // Appends what has arrived; `nothing` when it would have to wait, for room to write if wants_to_write.
  Arrival look(std::string& into);
  // As look, for at most so many octets, below TLS: what is said before it begins, or after its end.
  Arrival look_below(std::string& into, std::size_t bytes_max);
  // Sends what there is room for, and takes it off the front. After `some` see wants_to_write.
  Departure push(std::string_view& octets);
  bool wants_to_write() const { return direction_ == POLLOUT; }
  // Whether the machine holds octets that were not looked at.
  bool has_octets() const;
  // From any thread: no more is expected of the peer, and the socket says so to whoever waits for it.
  void stop_listening() const;
  // From any thread: the same, and nothing more is sent.
  void cut() const;
  // As look, but waits. `idle`: nothing is under way, so a draining server may wake it.
  Arrival receive(std::string& into, TimePoint until, bool idle = false);
  // False when the peer is gone, does not read, or the server gave up.
  bool send(std::string_view octets, TimePoint until);
  // Says goodbye. False when the peer is gone.
  bool stop_sending();
  bool secure() const { return socket_.secure(); }
  int descriptor() const { return socket_.impl()->sockfd(); }

 private:
  enum class Wait { ready, timed_out, woken };
  Wait wait(int direction, TimePoint until, bool idle) const;
  int send_some(std::string_view octets);

  Poco::Net::StreamSocket socket_;
  const StopSignal& signal_;
  int direction_ = POLLIN;
};

}  // namespace casebridge::http
