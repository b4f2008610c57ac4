// Connection: one client's requests, one after the other. Reads, checks, hands over, writes; keeps what
// follows.
#pragma once

#include <Poco/Net/TCPServerConnection.h>

#include <chrono>
#include <memory>
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

class Connection final : public Poco::Net::TCPServerConnection {
 public:
  Connection(const Poco::Net::StreamSocket& socket, const ConnectionSetting& setting);
  void run() override;

 private:
  bool exchange();  // one request and its answer; false: close
  std::optional<std::size_t> read_head();
  bool read_body(Request& request);
  bool read_counted_body(std::string& body, std::size_t size, Wire::TimePoint until);
  bool read_chunked_body(std::string& body, Wire::TimePoint until);
  void refuse(HeadFault fault);
  void refuse(const Trouble& trouble, std::string_view label);
  bool send(const Response& response, bool with_body, bool close);
  void send_stream(const Response& response, const Head& asked);
  bool send_piece(std::string& piece, bool chunked);
  void drop_front(std::size_t octets);
  const std::string& date();

  const ConnectionSetting& setting_;
  std::unique_ptr<Wire> wire_;
  std::string buffer_;  // received and not yet taken
  std::string peer_;
  bool peer_is_loopback_ = false;
  int requests_ = 0;
  Instant dated_{};
  std::string date_;  // of that second, as a header field has it
};

}  // namespace casebridge::http
