// A bare Poco HTTPServer that answers every request with the octets of one file: what the sockets and threads
// of Poco cost by themselves. Prints one JSON line when it is ready, ends with SIGTERM.
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>

#include <csignal>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace {

using namespace Poco::Net;

constexpr int threads_max = 256;
constexpr int requests_of_a_connection_max = 1'000;  // as the gateway and nginx do

class SameAnswer final : public HTTPRequestHandler {
 public:
  explicit SameAnswer(const std::string& body) : body_(body) {}
  void handleRequest(HTTPServerRequest&, HTTPServerResponse& response) override {
    response.setContentType("application/json");
    response.sendBuffer(body_.data(), body_.size());
  }

 private:
  const std::string& body_;
};

class SameAnswers final : public HTTPRequestHandlerFactory {
 public:
  explicit SameAnswers(std::string body) : body_(std::move(body)) {}
  HTTPRequestHandler* createRequestHandler(const HTTPServerRequest&) override {
    return new SameAnswer(body_);  // Poco deletes it
  }

 private:
  const std::string body_;
};

int serve(const char* file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return 1;
  const std::string body{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  Poco::ThreadPool threads(2, threads_max);
  ServerSocket socket;
  socket.bind(Poco::Net::SocketAddress("127.0.0.1", 0), true, false);
  socket.listen(128);
  HTTPServerParams::Ptr params = new HTTPServerParams;
  params->setKeepAlive(true);
  params->setMaxKeepAliveRequests(requests_of_a_connection_max);
  params->setMaxThreads(threads_max);
  params->setMaxQueued(threads_max);
  HTTPServer server(new SameAnswers(body), threads, socket, params);
  server.start();
  std::cout << "{\"address\":\"http://127.0.0.1:" << server.port() << "\"}" << std::endl;
  int received = 0;
  ::sigwait(&signals, &received);
  server.stopAll(true);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return argc == 2 ? serve(argv[1]) : 64;
  } catch (const std::exception&) {
    return 70;
  }
}
