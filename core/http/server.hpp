// Server: one listener, plain or TLS, with its workers. Stops gracefully: what is under way is finished.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/base/result.hpp"
#include "core/http/listening_socket.hpp"
#include "core/http/workers.hpp"

namespace casebridge::http {

struct Listener {
  std::string address = "127.0.0.1";  // or the path of a unix-domain socket, which is made
  std::uint16_t port = 0;             // 0: the machine chooses; see Server::port
  std::optional<TlsFiles> tls{};
  bool proxy_header = false;  // the PROXY protocol, version 2, of trusted proxies alone
};

struct ServerSetting {
  Listener listener;
  Timeouts timeouts{};
  int connections_max = 256;
  // Of each listener so many are served whatever the others have: whoever fills one listener shall not
  // silence the probes at another.
  int connections_kept = 0;
  CrowdLimits crowd{};
  Proxies proxies{};
  TurnBounds turns{};
  // So many requests at once keep one busy; more than one where they wait for a database that is another
  // process.
  int workers_per_processor = 1;
};

class Server {
 public:
  // The handler and the clock outlive the server.
  Server(const ServerSetting& setting, Handler& handler, const Clock& clock);
  // One of several listeners, which share their connections; then setting.connections_max says nothing.
  Server(const ServerSetting& setting, Handler& handler, const Clock& clock,
         std::shared_ptr<ConnectionCount> all_count);
  ~Server();  // stops within a second when stop was not called
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // dependency_failed with the reason: address in use, certificate or key not readable. Once. From then on
  // the process ignores SIGPIPE: OpenSSL writes to sockets in a way that would raise it when a client is
  // gone.
  Result<void> start();
  std::uint16_t port() const;  // 0 for a unix-domain socket
  // Reads certificate and key anew, for connections to come. False: it has none. dependency_failed: those in
  // use stay.
  Result<bool> reload_certificates();
  // No new connections; idle ones are closed, running requests finish. After `grace` their sockets are given
  // up. Returns when no connection is left; an action that runs longer than `grace` is waited for. Harmless
  // twice.
  void stop(std::chrono::milliseconds grace);
  // No new connections from now on; `stop` does the rest.
  void drain() { signal_.drain(); }
  // The counts may be asked from any thread at any time.
  int connections_open() const { return count_.open(); }
  int connections_working() const;
  int connections_parked() const;
  // Whole requests that wait for their turn.
  int requests_in_line() const;
  int half_read() const { return crowd_.half_read(); }
  std::size_t waiting_bytes() const { return crowd_.waiting_bytes(); }

 private:
  ServerSetting setting_;
  StopSignal signal_;
  ConnectionCount count_;
  std::shared_ptr<ConnectionCount> all_count_;
  Crowd crowd_;
  std::optional<Certificates> certificates_;
  ConnectionSetting connection_;
  std::optional<ListeningSocket> socket_;
  std::unique_ptr<Workers> workers_;
  std::atomic<const Workers*> counted_{nullptr};  // the same, once they work
  std::uint16_t port_ = 0;
  bool stopped_ = false;
};

}  // namespace casebridge::http
