// Connection: one client's requests, one after the other. Reads, checks, hands over, writes; keeps what
// follows.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "core/base/clock.hpp"
#include "core/http/connection_count.hpp"
#include "core/http/handler.hpp"
#include "core/http/head_fault.hpp"
#include "core/http/wire.hpp"

namespace casebridge::http {

struct Timeouts {
  std::chrono::milliseconds head_ms{
      10'000};  // from the first octet of a head, or from the connection, to its end
  std::chrono::milliseconds body_ms{30'000};
  std::chrono::milliseconds idle_ms{30'000};  // between two requests
  std::chrono::milliseconds write_ms{30'000};
};

// What all connections of one server share; outlives them.
struct ConnectionSetting {
  Handler& handler;
  const Clock& clock;
  const StopSignal& signal;
  ConnectionCount& count;
  Poco::Net::Context::Ptr tls;  // null: plain
  Timeouts timeouts;
  int requests_max = 1'000;  // of one connection
};

// What a connection waits for; or it is over.
enum class Next { readable, writable, end };

class Connection {
 public:
  using TimePoint = Wire::TimePoint;

  Connection(const Poco::Net::StreamSocket& socket, const ConnectionSetting& setting);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // One thread at a time, when the socket has something to say: answers every request that has begun.
  Next go_on();
  // Held by whoever serves it.
  std::mutex& hand() { return hand_; }
  // Any thread. Between two calls of go_on: until when the peer may be silent.
  bool waits() const { return silent_until_ != 0; }
  // One look: between two, a worker might take the connection up, and its time seem to be over.
  bool is_overdue(TimePoint now) const {
    const TimePoint::rep until = silent_until_;
    return until != 0 && now >= TimePoint(TimePoint::duration(until));
  }
  int descriptor() const { return wire_.descriptor(); }
  // Any thread. Makes the socket speak, so that whoever serves it finds that its time is over.
  void end_silence();

 private:
  Next answer_all();
  void wait_until(TimePoint until) { silent_until_ = until.time_since_epoch().count(); }
  bool exchange();  // one request and its answer; false: close
  std::optional<std::size_t> read_head();
  bool read_body(Request& request);
  bool read_counted_body(std::string& body, std::size_t size, Wire::TimePoint until);
  bool read_chunked_body(std::string& body, Wire::TimePoint until);
  void refuse(HeadFault fault, bool with_body = true);
  void refuse(const Trouble& trouble, std::string_view label, bool with_body = true);
  bool send(const Response& response, bool with_body, bool close);
  void send_stream(const Response& response, const Head& asked);
  bool send_piece(std::string& piece, bool chunked);
  void drop_front(std::size_t octets);
  const std::string& date();

  const ConnectionSetting& setting_;
  const ConnectionCount::Place place_;
  const TimePoint begun_;
  Wire wire_;
  std::string buffer_;  // received and not yet taken
  const std::string peer_;
  const bool peer_is_loopback_;
  int requests_ = 0;
  Instant dated_{};
  std::string date_;  // of that second, as a header field has it
  std::mutex hand_;
  std::atomic<TimePoint::rep> silent_until_{0};  // 0: being served
  std::atomic<bool> silence_ended_{false};
};

}  // namespace casebridge::http
