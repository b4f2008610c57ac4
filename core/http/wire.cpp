// Reads and writes that never block. Poco answers -1 for "would block" and, over TLS, -2 for "must write
// first".
#include "core/http/wire.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "core/base/secret.hpp"

namespace casebridge::http {
namespace {

constexpr std::size_t read_bytes_max = 16 * 1024;
constexpr std::size_t write_bytes_max = 32 * 1024;

Poco::Net::StreamSocket prepared(Poco::Net::StreamSocket socket, const Poco::Net::Context::Ptr& tls) {
  socket.setBlocking(false);  // before TLS is put on it: Poco's TLS layer asks the socket below
  const int on = 1;           // fails on a unix-domain socket, which does not delay
  ::setsockopt(socket.impl()->sockfd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (!tls) return socket;
  return Poco::Net::SecureStreamSocket::attach(socket, tls);
}

short poll_events(int code) {
  return code == Poco::Net::SecureStreamSocket::ERR_SSL_WANT_WRITE ? POLLOUT : POLLIN;
}

// What a request has outgrown may hold the beginning of a password.
void append(std::string& into, std::string_view octets) {
  if (into.capacity() - into.size() < octets.size()) {
    std::string wider;
    wider.reserve(2 * (into.size() + octets.size()));
    wider.append(into);
    wipe(into);
    into = std::move(wider);
  }
  into.append(octets);
}

}  // namespace

Wire::Wire(const Poco::Net::StreamSocket& socket, const Poco::Net::Context::Ptr& tls)
    : socket_(prepared(socket, tls)) {}

Arrival Wire::look(std::string& into) {
  std::array<char, read_bytes_max> buffer;
  int count = 0;
  try {
    count = socket_.receiveBytes(buffer.data(), static_cast<int>(buffer.size()));
  } catch (const Poco::Exception&) {
    return Arrival::closed;  // a reset, or something that is not TLS
  }
  if (count == 0) return Arrival::closed;
  if (count < 0) {
    direction_ = poll_events(count);
    return Arrival::nothing;
  }
  const auto size = static_cast<std::size_t>(count);
  append(into, {buffer.data(), size});
  ::explicit_bzero(buffer.data(), size);
  return Arrival::octets;
}

Arrival Wire::look_below(std::string& into, std::size_t bytes_max) {
  std::array<char, read_bytes_max> buffer;
  const auto count = ::recv(descriptor(), buffer.data(), std::min(buffer.size(), bytes_max), MSG_DONTWAIT);
  if (count == 0) return Arrival::closed;
  if (count < 0) return errno == EAGAIN || errno == EINTR ? Arrival::nothing : Arrival::closed;
  into.append(buffer.data(), static_cast<std::size_t>(count));
  return Arrival::octets;
}

// Poco throws when a plain socket has no room, so that one is asked without it.
int Wire::send_some(std::string_view octets) {
  if (secure()) return socket_.sendBytes(octets.data(), static_cast<int>(octets.size()));
  const auto sent = ::send(descriptor(), octets.data(), octets.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent >= 0) return static_cast<int>(sent);
  if (errno != EAGAIN && errno != EINTR) throw Poco::IOException();
  return Poco::Net::SecureStreamSocket::ERR_SSL_WANT_WRITE;
}

Departure Wire::push(std::string_view& octets) {
  while (!octets.empty()) {
    int count = 0;
    try {
      count = send_some(octets.substr(0, write_bytes_max));
    } catch (const Poco::Exception&) {
      return Departure::gone;
    }
    if (count <= 0) {
      direction_ = poll_events(count);
      return Departure::some;
    }
    octets.remove_prefix(static_cast<std::size_t>(count));
  }
  direction_ = POLLIN;
  return Departure::all;
}

Departure Wire::push(std::string_view& first, std::string_view& second) {
  while (!secure() && !first.empty() && !second.empty()) {
    std::array<iovec, 2> both{
        {{const_cast<char*>(first.data()), first.size()}, {const_cast<char*>(second.data()), second.size()}}};
    msghdr message{};
    message.msg_iov = both.data();
    message.msg_iovlen = both.size();
    const auto sent = ::sendmsg(descriptor(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return Departure::gone;
    if (sent < 0) {
      direction_ = POLLOUT;
      return Departure::some;
    }
    const std::size_t of_first = std::min(static_cast<std::size_t>(sent), first.size());
    first.remove_prefix(of_first);
    second.remove_prefix(static_cast<std::size_t>(sent) - of_first);
  }
  const Departure departure = push(first);
  return departure == Departure::all ? push(second) : departure;
}

bool Wire::has_octets() const {
  char octet = 0;
  return ::recv(descriptor(), &octet, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

void Wire::stop_listening() const { ::shutdown(descriptor(), SHUT_RD); }

void Wire::cut() const { ::shutdown(descriptor(), SHUT_RDWR); }

// Poco's word for half of this does nothing over TLS; its word for all of it only says goodbye there.
bool Wire::stop_sending() {
  try {
    if (secure()) socket_.shutdown();
  } catch (const Poco::Exception&) {
    return false;
  }
  direction_ = POLLIN;
  return ::shutdown(descriptor(), SHUT_WR) == 0;
}

}  // namespace casebridge::http
