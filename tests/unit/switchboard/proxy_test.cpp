// Through a proxy: CONNECT to the system and nothing else; a proxy that refuses means that nothing was sent.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "core/switchboard/http_client.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"

namespace casebridge::switchboard {
namespace {

using namespace std::chrono_literals;

// Takes one connection; answers the CONNECT and, if the tunnel is open, plays the system behind it.
class Proxy {
 public:
  explicit Proxy(std::string answer) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 4);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, answer = std::move(answer)] {
      const int socket = ::accept(listener_, nullptr, nullptr);
      connect_ = head(socket);
      ::send(socket, answer.data(), answer.size(), MSG_NOSIGNAL);
      inner_ = head(socket);
      const std::string_view reply = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi";
      if (!inner_.empty()) ::send(socket, reply.data(), reply.size(), MSG_NOSIGNAL);
      ::close(socket);
    });
  }
  ~Proxy() {
    finish();
    ::close(listener_);
  }
  void finish() {
    if (thread_.joinable()) thread_.join();
  }
  std::string origin() const { return "http://127.0.0.1:" + std::to_string(port_); }
  const std::string& connect_head() const { return connect_; }
  const std::string& inner_head() const { return inner_; }

 private:
  static std::string head(int socket) {
    std::string text;
    char c = 0;
    while (!text.ends_with("\r\n\r\n") && ::recv(socket, &c, 1, 0) == 1) text += c;
    return text;
  }
  int listener_ = -1;
  int port_ = 0;
  std::string connect_, inner_;
  std::thread thread_;
};

std::int32_t code_through(Proxy& proxy) {
  HttpRules rules;
  rules.origins.push_back(*Origin::parse("http://127.0.0.2:4711"));  // nothing listens there
  rules.proxy = Origin::parse(proxy.origin());
  const auto client = std::move(*HttpClient::make(std::move(rules)));
  HttpAnswer answer;
  const auto code = client->exchange({.method = "GET", .target = "/x"}, Deadline{2s}, answer);
  proxy.finish();
  return code;
}

TEST(Proxy, IsAskedForATunnelToTheSystem) {
  Proxy proxy("HTTP/1.1 200 Connection established\r\nVia: p\r\n\r\n");
  EXPECT_EQ(code_through(proxy), CASEBRIDGE_HTTP_OK);
  EXPECT_EQ(proxy.connect_head(), "CONNECT 127.0.0.2:4711 HTTP/1.1\r\nHost: 127.0.0.2:4711\r\n\r\n");
  EXPECT_TRUE(proxy.inner_head().starts_with("GET /x HTTP/1.1\r\nHost: 127.0.0.2:4711\r\n"));
}

TEST(Proxy, ThatRefusesMeansThatNothingWasSent) {
  for (const char* answer : {"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "SSH-2.0-x\r\n\r\n",
                             "HTTP/1.1 200 OK\r\n\r\nmore than a head"}) {
    Proxy proxy(answer);
    EXPECT_EQ(code_through(proxy), CASEBRIDGE_HTTP_NOT_SENT) << answer;
    EXPECT_EQ(proxy.inner_head(), "");
  }
}

}  // namespace
}  // namespace casebridge::switchboard
