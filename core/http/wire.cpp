// Reads and writes that never block. Poco answers -1 for "would block" and, over TLS, -2 for "must write
// first".
#include "core/http/wire.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "core/base/secret.hpp"

namespace casebridge::http {
namespace {

using namespace std::chrono_literals;
constexpr std::size_t read_bytes_max = 16 * 1024;
constexpr std::size_t write_bytes_max = 32 * 1024;
constexpr auto goodbye_ms = 500ms;
constexpr std::size_t goodbye_bytes_max = 512 * 1024;

Poco::Net::StreamSocket prepared(Poco::Net::StreamSocket socket, const Poco::Net::Context::Ptr& tls) {
  socket.setBlocking(false);  // before TLS is put on it: Poco's TLS layer asks the socket below
  socket.setNoDelay(true);
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

Wire::Wire(const Poco::Net::StreamSocket& socket, const Poco::Net::Context::Ptr& tls,
           const StopSignal& signal)
    : socket_(prepared(socket, tls)), signal_(signal) {}

Wire::Wait Wire::wait(int direction, TimePoint until, bool idle) const {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return Wait::timed_out;
    const int stop = idle ? signal_.drain_descriptor() : signal_.abort_descriptor();
    std::array<pollfd, 2> watched{{{descriptor(), static_cast<short>(direction), 0}, {stop, POLLIN, 0}}};
    const int ready =
        ::poll(watched.data(), watched.size(), static_cast<int>(std::min<long>(left.count(), 60'000)));
    if (ready < 0 && errno != EINTR) return Wait::woken;
    if (ready <= 0) continue;
    // Octets that are here already go before the wish to stop.
    return watched[0].revents != 0 ? Wait::ready : Wait::woken;
  }
}

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

bool Wire::has_octets() const {
  char octet = 0;
  return ::recv(descriptor(), &octet, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

void Wire::stop_listening() const { ::shutdown(descriptor(), SHUT_RD); }

Arrival Wire::receive(std::string& into, TimePoint until, bool idle) {
  for (;;) {
    const Arrival arrival = look(into);
    if (arrival != Arrival::nothing) return arrival;
    const Wait waited = wait(direction_, until, idle);
    if (waited == Wait::timed_out) return Arrival::timed_out;
    if (waited == Wait::woken) return Arrival::woken;
  }
}

bool Wire::send(std::string_view octets, TimePoint until) {
  while (!octets.empty()) {
    const std::size_t some = std::min(octets.size(), write_bytes_max);
    int count = 0;
    try {
      count = socket_.sendBytes(octets.data(), static_cast<int>(some));
    } catch (const Poco::Exception&) {
      return false;
    }
    if (count > 0) {
      octets.remove_prefix(static_cast<std::size_t>(count));
      continue;
    }
    // Plain sockets say -1 as well, and mean that there is no room to write.
    const int direction =
        socket_.secure() && count == Poco::Net::SecureStreamSocket::ERR_SSL_WANT_READ ? POLLIN : POLLOUT;
    if (wait(direction, until, false) != Wait::ready) return false;
  }
  return true;
}

void Wire::finish() {
  try {
    socket_.shutdownSend();
  } catch (const Poco::Exception&) {
    return;
  }
  std::string ignored;
  const TimePoint until = std::chrono::steady_clock::now() + goodbye_ms;
  std::size_t seen = 0;
  while (seen < goodbye_bytes_max && receive(ignored, until) == Arrival::octets) {
    seen += ignored.size();
    ignored.clear();
  }
}

}  // namespace casebridge::http
