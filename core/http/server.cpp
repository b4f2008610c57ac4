// Opens the listener; who serves is in workers.cpp, what is said on a connection in connection.cpp.
#include "core/http/server.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/ServerSocket.h>

#include <csignal>

namespace casebridge::http {
namespace {

using namespace std::chrono_literals;
constexpr int backlog = 511;

Poco::Net::Context::Ptr tls_context(const TlsFiles& files) {
  using Poco::Net::Context;
  Context::Params params;
  params.privateKeyFile = files.key;
  params.certificateFile = files.certificate;
  params.verificationMode = Context::VERIFY_NONE;  // clients show no certificate
  params.loadDefaultCAs = false;
  params.cipherList = "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL";  // TLS 1.2; the suites of 1.3 are all fine
  Context::Ptr context = new Context(Context::TLS_SERVER_USE, params);
  context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  return context;
}

}  // namespace

Server::Server(const ServerSetting& setting, Handler& handler, const Clock& clock)
    : setting_(setting), count_(setting.connections_max), connection_{handler, clock,   signal_,
                                                                      count_,  nullptr, setting.timeouts} {}

Server::~Server() { stop(1s); }

Result<void> Server::start() {
  std::signal(SIGPIPE, SIG_IGN);
  const Listener& listener = setting_.listener;
  try {
    if (listener.tls) connection_.tls = tls_context(*listener.tls);
  } catch (const Poco::Exception&) {
    return trouble(TroubleCode::dependency_failed,
                   "the certificate or the key of the listener cannot be used");
  }
  try {
    Poco::Net::ServerSocket socket;
    socket.bind(Poco::Net::SocketAddress(listener.address, listener.port), true, false);
    socket.listen(backlog);
    socket.setBlocking(false);
    port_ = socket.address().port();
    workers_ = std::make_unique<Workers>(connection_, socket, setting_.connections_max);
    workers_->start();
  } catch (const Poco::Exception&) {
    return trouble(TroubleCode::dependency_failed,
                   "the address of the listener is in use or not of this machine");
  }
  return {};
}

std::uint16_t Server::port() const { return port_; }

void Server::stop(std::chrono::milliseconds grace) {
  if (stopped_) return;
  stopped_ = true;
  signal_.drain();
  if (!count_.wait_until_none(grace)) signal_.abort();
  workers_.reset();
}

}  // namespace casebridge::http
