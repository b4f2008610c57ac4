// Wire: one accepted socket, plain or TLS, never blocking.
#pragma once

#include <Poco/Net/Context.h>
#include <Poco/Net/StreamSocket.h>
#include <poll.h>

#include <chrono>
#include <string>
#include <string_view>

namespace casebridge::http {

enum class Arrival { octets, closed, nothing };
enum class Departure { all, some, gone };

// One thread.
class Wire {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // With `tls` the handshake is made within the first looks.
  Wire(const Poco::Net::StreamSocket& socket, const Poco::Net::Context::Ptr& tls);
  // Appends what has arrived; `nothing` when it would have to wait, for room to write if wants_to_write.
  Arrival look(std::string& into);
  // As look, for at most so many octets, below TLS: what is said before it begins, or after its end.
  Arrival look_below(std::string& into, std::size_t bytes_max);
  // Sends what there is room for, and takes it off the front. After `some` see wants_to_write.
  Departure push(std::string_view& octets);
  // The same for two texts, in one call where the socket can.
  Departure push(std::string_view& first, std::string_view& second);
  bool wants_to_write() const { return direction_ == POLLOUT; }
  // Whether the machine holds octets that were not looked at.
  bool has_octets() const;
  // From any thread: no more is expected of the peer, and the socket says so to whoever waits for it.
  void stop_listening() const;
  // From any thread: the same, and nothing more is sent.
  void cut() const;
  // Says goodbye. False when the peer is gone.
  bool stop_sending();
  bool secure() const { return socket_.secure(); }
  int descriptor() const { return socket_.impl()->sockfd(); }

 private:
  int send_some(std::string_view octets);

  Poco::Net::StreamSocket socket_;
  int direction_ = POLLIN;
};

}  // namespace casebridge::http
