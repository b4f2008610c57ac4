// Blocking sockets with short timeouts, one thread for each connection.
#include "tests/support/byte_server.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace casebridge::testing {
namespace {

std::size_t body_size(const std::string& head) {
  const std::size_t at = head.find("Content-Length: ");
  return at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
}

void send_all(int socket, const Reply& reply) {
  if (reply.between_octets.count() == 0) {
    for (std::size_t sent = 0; sent < reply.octets.size();) {
      const ssize_t n = ::send(socket, reply.octets.data() + sent, reply.octets.size() - sent, MSG_NOSIGNAL);
      if (n <= 0) return;
      sent += static_cast<std::size_t>(n);
    }
    return;
  }
  for (const char c : reply.octets) {
    if (::send(socket, &c, 1, MSG_NOSIGNAL) != 1) return;
    std::this_thread::sleep_for(reply.between_octets);
  }
}

}  // namespace

std::string http_answer(int status, const std::string& body) {
  return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: application/json; charset=utf-8\r\n" +
         "Date: Mon, 16 Mar 2026 14:00:00 GMT\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

ByteServer::ByteServer(Handler handler) : handler_(std::move(handler)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 32) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("no loopback port");
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

ByteServer::~ByteServer() { stop(); }

void ByteServer::stop() {
  if (stopping_.exchange(true)) return;
  acceptor_.join();
  ::close(listener_);
  for (std::thread& thread : threads_) thread.join();
}

std::vector<std::string> ByteServer::requests() const {
  const std::scoped_lock lock(mutex_);
  return requests_;
}

void ByteServer::accept_all() {
  while (!stopping_) {
    pollfd watched{listener_, POLLIN, 0};
    if (::poll(&watched, 1, 20) <= 0) continue;
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    ++connections_;
    threads_.emplace_back([this, socket] { serve(socket); });
  }
}

void ByteServer::serve(int socket) {
  std::string buffer;
  while (!stopping_) {
    const std::size_t end = buffer.find("\r\n\r\n");
    const std::size_t whole = end == std::string::npos ? 0 : end + 4 + body_size(buffer.substr(0, end + 2));
    if (whole == 0 || buffer.size() < whole) {
      pollfd watched{socket, POLLIN, 0};
      if (::poll(&watched, 1, 20) <= 0) continue;
      char piece[4096];
      const ssize_t n = ::recv(socket, piece, sizeof piece, 0);
      if (n <= 0) break;
      buffer.append(piece, static_cast<std::size_t>(n));
      continue;
    }
    const std::string request = buffer.substr(0, whole);
    buffer.erase(0, whole);
    {
      const std::scoped_lock lock(mutex_);
      requests_.push_back(request);
    }
    const Reply reply = handler_(request);
    std::this_thread::sleep_for(reply.before);
    send_all(socket, reply);
    if (reply.reset) {
      const linger now{1, 0};
      ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }
    if (reply.close || reply.reset) break;
  }
  ::close(socket);
}

}  // namespace casebridge::testing
