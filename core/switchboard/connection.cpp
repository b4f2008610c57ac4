// Non-blocking socket with poll; TLS runs over memory buffers, so that sending can never raise SIGPIPE.
#include "core/switchboard/connection.hpp"

#include <netdb.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace casebridge::switchboard {
namespace {

// A cancelled caller is noticed within this time.
constexpr std::chrono::milliseconds wait_slice{50};
constexpr std::size_t tls_piece_bytes = 16 * 1024;
constexpr std::size_t proxy_head_bytes_max = 16 * 1024;

Io wait_for(int socket, short events, const Patience& patience) {
  for (;;) {
    if (patience.call.cancelled()) return Io::cancelled;
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(patience.until - Deadline::SteadyClock::now());
    if (left.count() <= 0) return Io::timed_out;
    pollfd watched{socket, events, 0};
    const int ready = ::poll(&watched, 1, static_cast<int>(std::min(left, wait_slice).count()));
    if (ready > 0) return Io::done;
    if (ready < 0 && errno != EINTR) return Io::broken;
  }
}

struct AddressList {
  addrinfo* first = nullptr;
  ~AddressList() {
    if (first != nullptr) ::freeaddrinfo(first);
  }
};

Io connect_one(const addrinfo& address, const Patience& patience, OwnedDescriptor& connected) {
  OwnedDescriptor socket{::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
  if (!socket.valid()) return Io::broken;
  const int on = 1;
  ::setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(socket.number(), address.ai_addr, address.ai_addrlen) != 0) {
    if (errno != EINPROGRESS) return Io::broken;
    if (const Io waited = wait_for(socket.number(), POLLOUT, patience); waited != Io::done) return waited;
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(socket.number(), SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0)
      return Io::broken;
  }
  connected = std::move(socket);
  return Io::done;
}

Io connect(const Origin& origin, const Patience& patience, OwnedDescriptor& connected) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV | (origin.is_address() ? AI_NUMERICHOST : AI_ADDRCONFIG);
  AddressList addresses;
  const std::string port = std::to_string(origin.port);
  if (::getaddrinfo(origin.host.c_str(), port.c_str(), &hints, &addresses.first) != 0) return Io::broken;
  Io last = Io::broken;
  for (const addrinfo* one = addresses.first; one != nullptr && last == Io::broken; one = one->ai_next)
    last = connect_one(*one, patience, connected);
  return last;
}

}  // namespace

std::variant<std::unique_ptr<Connection>, Io> Connection::open(const Origin& origin, const TlsSettings& tls,
                                                               const Patience& patience,
                                                               const std::optional<Origin>& proxy) {
  OwnedDescriptor socket;
  if (const Io io = connect(proxy ? *proxy : origin, patience, socket); io != Io::done) return io;
  std::unique_ptr<Connection> made{new Connection(std::move(socket))};
  if (proxy) {
    if (const Io io = made->ask_proxy(origin, patience); io != Io::done) return io;
  }
  if (origin.tls) {
    if (const Io io = made->shake_hands(origin, tls, patience); io != Io::done) return io;
  }
  return made;
}

Io Connection::ask_proxy(const Origin& origin, const Patience& patience) {
  // CONNECT always names the port, also the scheme's own.
  const std::string shown =
      origin.host.find(':') == std::string::npos ? origin.host : "[" + origin.host + "]";
  const std::string place = shown + ":" + std::to_string(origin.port);
  const Io sent = send_raw("CONNECT " + place + " HTTP/1.1\r\nHost: " + place + "\r\n\r\n", patience);
  if (sent != Io::done) return sent;
  std::string head;
  std::array<char, 1024> piece;
  while (!head.ends_with("\r\n\r\n")) {
    std::size_t size = 0;
    const Io io = receive_raw(piece, size, patience);
    if (io != Io::done) return io == Io::closed ? Io::broken : io;
    head.append(piece.data(), size);
    // Nobody behind the tunnel speaks before we do: octets after the head are not theirs.
    const std::size_t end = head.find("\r\n\r\n");
    if (head.size() > proxy_head_bytes_max || (end != std::string::npos && end + 4 != head.size()))
      return Io::broken;
  }
  const bool opened = head.size() > 12 && head.starts_with("HTTP/1.") && head[8] == ' ' && head[9] == '2';
  return opened ? Io::done : Io::broken;
}

Io Connection::shake_hands(const Origin& origin, const TlsSettings& tls, const Patience& patience) {
  ssl_.reset(SSL_new(tls.context()));
  BIO* in = BIO_new(BIO_s_mem());
  BIO* out = BIO_new(BIO_s_mem());
  if (!ssl_ || in == nullptr || out == nullptr) {
    BIO_free(in);
    BIO_free(out);
    return Io::broken;
  }
  SSL_set_bio(ssl_.get(), in, out);
  if (origin.is_address()) {
    if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_.get()), origin.host.c_str()) != 1)
      return Io::broken;
  } else {
    SSL_set_hostflags(ssl_.get(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (SSL_set1_host(ssl_.get(), origin.host.c_str()) != 1) return Io::broken;
    SSL_set_tlsext_host_name(ssl_.get(), const_cast<char*>(origin.host.c_str()));
  }
  SSL_set_connect_state(ssl_.get());
  for (;;) {
    ERR_clear_error();
    const int result = SSL_do_handshake(ssl_.get());
    const int wants = result == 1 ? SSL_ERROR_NONE : SSL_get_error(ssl_.get(), result);
    // Also after a failure: an alert that tells the other side why is waiting to be sent.
    if (const Io io = flush_tls(patience); io != Io::done) return io == Io::closed ? Io::broken : io;
    if (result == 1) return Io::done;
    if (wants != SSL_ERROR_WANT_READ) return Io::broken;
    if (const Io io = feed_tls(patience); io != Io::done) return io == Io::closed ? Io::broken : io;
  }
}

Io Connection::send_raw(std::string_view octets, const Patience& patience) {
  while (!octets.empty()) {
    const ssize_t sent = ::send(socket_.number(), octets.data(), octets.size(), MSG_NOSIGNAL);
    if (sent > 0) {
      octets.remove_prefix(static_cast<std::size_t>(sent));
    } else if (sent < 0 && (errno == EAGAIN || errno == EINTR)) {
      if (const Io waited = wait_for(socket_.number(), POLLOUT, patience); waited != Io::done) return waited;
    } else {
      return Io::broken;
    }
  }
  return Io::done;
}

Io Connection::receive_raw(std::span<char> into, std::size_t& size, const Patience& patience) {
  for (;;) {
    // The deadline counts even while octets keep dripping in.
    if (patience.call.cancelled()) return Io::cancelled;
    if (Deadline::SteadyClock::now() >= patience.until) return Io::timed_out;
    const ssize_t got = ::recv(socket_.number(), into.data(), into.size(), 0);
    if (got > 0) {
      size = static_cast<std::size_t>(got);
      return Io::done;
    }
    if (got == 0) return Io::closed;
    if (errno != EAGAIN && errno != EINTR) return Io::broken;
    if (const Io waited = wait_for(socket_.number(), POLLIN, patience); waited != Io::done) return waited;
  }
}

Io Connection::flush_tls(const Patience& patience) {
  std::array<char, tls_piece_bytes> piece;
  for (;;) {
    const int size = BIO_read(SSL_get_wbio(ssl_.get()), piece.data(), static_cast<int>(piece.size()));
    if (size <= 0) return Io::done;
    const Io io = send_raw({piece.data(), static_cast<std::size_t>(size)}, patience);
    if (io != Io::done) return io;
  }
}

Io Connection::feed_tls(const Patience& patience) {
  std::array<char, tls_piece_bytes> piece;
  std::size_t size = 0;
  if (const Io io = receive_raw(piece, size, patience); io != Io::done) return io;
  BIO_write(SSL_get_rbio(ssl_.get()), piece.data(), static_cast<int>(size));
  return Io::done;
}

Io Connection::write(std::string_view octets, const Patience& patience) {
  if (!ssl_) return send_raw(octets, patience);
  while (!octets.empty()) {
    ERR_clear_error();
    const std::size_t piece = std::min(octets.size(), tls_piece_bytes);
    const int written = SSL_write(ssl_.get(), octets.data(), static_cast<int>(piece));
    if (const Io io = flush_tls(patience); io != Io::done) return io;
    if (written > 0) {
      octets.remove_prefix(static_cast<std::size_t>(written));
    } else if (SSL_get_error(ssl_.get(), written) == SSL_ERROR_WANT_READ) {
      if (const Io io = feed_tls(patience); io != Io::done) return io;
    } else {
      return Io::broken;
    }
  }
  return Io::done;
}

Io Connection::read(std::span<char> into, std::size_t& size, const Patience& patience) {
  if (!ssl_) return receive_raw(into, size, patience);
  for (;;) {
    if (patience.call.cancelled()) return Io::cancelled;
    if (Deadline::SteadyClock::now() >= patience.until) return Io::timed_out;
    ERR_clear_error();
    const int got = SSL_read(ssl_.get(), into.data(), static_cast<int>(into.size()));
    if (got > 0) {
      has_read_ = true;
      size = static_cast<std::size_t>(got);
      return Io::done;
    }
    const int wants = SSL_get_error(ssl_.get(), got);
    if (wants == SSL_ERROR_SSL)
      refused_by_alert_ = !has_read_ && ERR_GET_REASON(ERR_peek_error()) >= SSL_AD_REASON_OFFSET;
    if (wants == SSL_ERROR_ZERO_RETURN) return Io::closed;
    if (wants != SSL_ERROR_WANT_READ) return Io::broken;
    if (const Io io = flush_tls(patience); io != Io::done) return io;
    // An end without TLS's close_notify may be somebody cutting the answer short.
    if (const Io io = feed_tls(patience); io != Io::done) return io == Io::closed ? Io::broken : io;
  }
}

bool Connection::stale() const {
  pollfd watched{socket_.number(), POLLIN, 0};
  return ::poll(&watched, 1, 0) != 0;
}

}  // namespace casebridge::switchboard
