// A socket file that nobody listens at was left by a process that died: it is replaced, others are not.
#include "core/http/listening_socket.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace casebridge::http {
namespace {

constexpr int backlog = 511;
constexpr mode_t owner_and_group = 0660;

union AnyAddress {
  sockaddr any;
  sockaddr_in v4;
  sockaddr_in6 v6;
  sockaddr_un file;
};

// The octets of the address that count; 0 when the text is none.
socklen_t fill(AnyAddress& into, const std::string& address, std::uint16_t port) {
  std::memset(&into, 0, sizeof into);
  if (address.starts_with('/')) {
    if (address.size() >= sizeof into.file.sun_path) return 0;
    into.file.sun_family = AF_UNIX;
    std::memcpy(into.file.sun_path, address.c_str(), address.size() + 1);
    return sizeof into.file;
  }
  if (::inet_pton(AF_INET, address.c_str(), &into.v4.sin_addr) == 1) {
    into.v4.sin_family = AF_INET;
    into.v4.sin_port = htons(port);
    return sizeof into.v4;
  }
  if (::inet_pton(AF_INET6, address.c_str(), &into.v6.sin6_addr) != 1) return 0;
  into.v6.sin6_family = AF_INET6;
  into.v6.sin6_port = htons(port);
  return sizeof into.v6;
}

// Whether the file is a socket that nobody listens at.
bool is_left_over(const AnyAddress& place, socklen_t size) {
  struct stat found {};
  if (::lstat(place.file.sun_path, &found) != 0 || !S_ISSOCK(found.st_mode)) return false;
  const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool refused = ::connect(probe, &place.any, size) != 0 && errno == ECONNREFUSED;
  ::close(probe);
  return refused;
}

}  // namespace

Result<ListeningSocket> ListeningSocket::open(const std::string& address, std::uint16_t port) {
  AnyAddress place;
  const socklen_t size = fill(place, address, port);
  const Trouble refused =
      trouble(TroubleCode::dependency_failed, "the address of the listener is in use or not of this machine");
  if (size == 0) return refused;
  const int family = place.any.sa_family;
  const bool is_file = family == AF_UNIX;
  const int descriptor = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) return refused;
  ListeningSocket made(descriptor, {});  // closes what it holds on the way out
  const int on = 1;
  ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (family == AF_INET6) ::setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  if (is_file && is_left_over(place, size)) ::unlink(place.file.sun_path);
  if (::bind(descriptor, &place.any, size) != 0) return refused;
  if (is_file) made.file_ = address;
  // Before anybody can connect.
  if (is_file && ::chmod(address.c_str(), owner_and_group) != 0) return refused;
  if (::listen(descriptor, backlog) != 0) return refused;
  return made;
}

ListeningSocket::ListeningSocket(ListeningSocket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), file_(std::exchange(other.file_, {})) {}

ListeningSocket::~ListeningSocket() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!file_.empty()) ::unlink(file_.c_str());
}

std::uint16_t ListeningSocket::port() const {
  AnyAddress place;
  socklen_t size = sizeof place;
  if (::getsockname(descriptor_, &place.any, &size) != 0) return 0;
  if (place.any.sa_family == AF_INET) return ntohs(place.v4.sin_port);
  return place.any.sa_family == AF_INET6 ? ntohs(place.v6.sin6_port) : 0;
}

}  // namespace casebridge::http
