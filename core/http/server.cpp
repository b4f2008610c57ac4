// Opens the listener; who serves is in workers.cpp, what is said on a connection in connection.cpp.
#include "core/http/server.hpp"

#include <algorithm>
#include <csignal>
#include <stdexcept>
#include <utility>

namespace casebridge::http {
namespace {

using namespace std::chrono_literals;

}  // namespace

Server::Server(const ServerSetting& setting, Handler& handler, const Clock& clock)
    : Server(setting, handler, clock, std::make_shared<ConnectionCount>(setting.connections_max)) {}

Server::Server(const ServerSetting& setting, Handler& handler, const Clock& clock,
               std::shared_ptr<ConnectionCount> all_count)
    : setting_(setting),
      all_count_(std::move(all_count)),
      crowd_(setting.crowd),
      connection_{handler,
                  clock,
                  signal_,
                  count_,
                  *all_count_,
                  setting.connections_kept,
                  crowd_,
                  nullptr,
                  setting.timeouts,
                  setting.proxies,
                  setting.listener.proxy_header} {}

Server::~Server() { stop(1s); }

Result<void> Server::start() {
  std::signal(SIGPIPE, SIG_IGN);
  const Listener& listener = setting_.listener;
  if (listener.tls) {
    connection_.certificates = &certificates_.emplace(*listener.tls);
    CASEBRIDGE_CHECK(certificates_->load());
  }
  auto socket = ListeningSocket::open(listener.address, listener.port);
  if (!socket) return std::move(socket).error();
  socket_.emplace(std::move(*socket));
  port_ = socket_->port();
  try {
    workers_ = std::make_unique<Workers>(connection_, socket_->descriptor(), setting_.turns,
                                         setting_.workers_per_processor);
    workers_->start();
    counted_ = workers_.get();
  } catch (const std::runtime_error&) {
    return trouble(TroubleCode::dependency_failed, "the machine has no room for the workers of the listener");
  }
  return {};
}

std::uint16_t Server::port() const { return port_; }

int Server::connections_working() const {
  const Workers* const counted = counted_;
  return counted != nullptr ? counted->working() : 0;
}

int Server::requests_in_line() const {
  const Workers* const counted = counted_;
  return counted != nullptr ? counted->in_line() : 0;
}

// Counted one after the other, while connections come and go.
int Server::connections_parked() const {
  return std::max(0, connections_open() - connections_working() - requests_in_line());
}

Result<bool> Server::reload_certificates() {
  if (!certificates_) return false;
  CASEBRIDGE_CHECK(certificates_->load());
  return true;
}

void Server::stop(std::chrono::milliseconds grace) {
  if (stopped_) return;
  stopped_ = true;
  signal_.drain();
  count_.wait_until_none(grace);
  if (workers_) workers_->stop();
  socket_.reset();
}

}  // namespace casebridge::http
