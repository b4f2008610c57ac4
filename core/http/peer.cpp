// One look at the socket; what proxies say about who is behind them is read elsewhere.
#include "core/http/peer.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <array>
#include <stdexcept>

#include "core/http/address_set.hpp"

namespace casebridge::http {

Peer peer_of(int descriptor) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  auto* const place = reinterpret_cast<sockaddr*>(&storage);
  if (::getpeername(descriptor, place, &size) != 0) throw std::runtime_error("the peer is gone");
  if (storage.ss_family == AF_UNIX) return {std::string(AddressSet::unix_socket), false};
  const void* const address =
      storage.ss_family == AF_INET
          ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in*>(&storage)->sin_addr)
          : static_cast<const void*>(&reinterpret_cast<const sockaddr_in6*>(&storage)->sin6_addr);
  std::array<char, INET6_ADDRSTRLEN> written{};
  if (::inet_ntop(storage.ss_family, address, written.data(), written.size()) == nullptr)
    throw std::runtime_error("the peer has no address");
  const std::string text = canonical_address(written.data()).value_or("");
  return {text, text.starts_with("127.") || text == "::1"};
}

}  // namespace casebridge::http
