// Poco accepts and lends the threads; what is said on a connection is all in connection.cpp.
#include "core/http/server.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/Net/TCPServerParams.h>

#include <csignal>

namespace casebridge::http {
namespace {

using namespace std::chrono_literals;
constexpr int refusing_threads = 8;  // beyond the connections: they answer 503 and close
constexpr int queued_max = 64;       // accepted and waiting for one of them; further ones are closed unheard
constexpr int thread_idle_s = 1;

class ConnectionFactory final : public Poco::Net::TCPServerConnectionFactory {
 public:
  explicit ConnectionFactory(const ConnectionSetting& setting) : setting_(setting) {}
  Poco::Net::TCPServerConnection* createConnection(const Poco::Net::StreamSocket& socket) override {
    return new Connection(socket, setting_);  // Poco deletes it
  }

 private:
  const ConnectionSetting& setting_;
};

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
    : setting_(setting),
      count_(setting.connections_max),
      connection_{handler, clock, signal_, count_, nullptr, setting.timeouts},
      threads_("http", 2, setting.connections_max + refusing_threads, thread_idle_s) {}

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
    socket.listen(128);
    Poco::Net::TCPServerParams::Ptr params = new Poco::Net::TCPServerParams;
    params->setMaxThreads(setting_.connections_max + refusing_threads);
    params->setMaxQueued(queued_max);
    params->setThreadIdleTime(Poco::Timespan(thread_idle_s, 0));
    Poco::Net::TCPServerConnectionFactory::Ptr factory = new ConnectionFactory(connection_);
    server_ = std::make_unique<Poco::Net::TCPServer>(factory, threads_, socket, params);
    server_->start();
  } catch (const Poco::Exception&) {
    return trouble(TroubleCode::dependency_failed,
                   "the address of the listener is in use or not of this machine");
  }
  return {};
}

std::uint16_t Server::port() const { return server_ ? server_->port() : 0; }

void Server::stop(std::chrono::milliseconds grace) {
  if (stopped_) return;
  stopped_ = true;
  signal_.drain();
  if (server_) server_->stop();
  if (!count_.wait_until_none(grace)) signal_.abort();
  threads_.joinAll();
  server_.reset();
}

}  // namespace casebridge::http
