// Twelve octets of signature, version and command, family, length, addresses; what follows them (TLVs) is
// skipped.
#include "core/http/proxy_header.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "core/http/address_set.hpp"

namespace casebridge::http {
namespace {

constexpr std::string_view signature{"\r\n\r\n\0\r\nQUIT\n", 12};
constexpr std::size_t start_bytes = 16;
constexpr std::size_t header_bytes_max = 4 * 1024;
constexpr unsigned version_local = 0x20, version_proxy = 0x21;
constexpr unsigned unspecified = 0x00, tcp_v4 = 0x11, tcp_v6 = 0x21, unix_stream = 0x31;

unsigned octet_at(std::string_view octets, std::size_t place) {
  return static_cast<unsigned char>(octets[place]);
}

// Octets of the addresses of this family, which is not known when no stream has it.
std::size_t address_bytes(unsigned family, bool& known) {
  known = true;
  switch (family) {
    case unspecified: return 0;
    case tcp_v4: return 12;
    case tcp_v6: return 36;
    case unix_stream: return 216;
    default: known = false; return 0;
  }
}

}  // namespace

std::size_t ProxyHeader::wanted() const { return (size_ == 0 ? start_bytes : size_) - octets_.size(); }

ProxyHeader::State ProxyHeader::take(std::string_view octets) {
  octets_.append(octets);
  const std::size_t compared = std::min(octets_.size(), signature.size());
  if (octets_.compare(0, compared, signature, 0, compared) != 0) return State::refused;
  if (size_ == 0 && octets_.size() == start_bytes && read_start() == State::refused) return State::refused;
  return size_ == 0 || octets_.size() < size_ ? State::more : read_addresses();
}

ProxyHeader::State ProxyHeader::read_start() {
  const unsigned command = octet_at(octets_, 12);
  if (command != version_local && command != version_proxy) return State::refused;
  const std::size_t length = octet_at(octets_, 14) << 8 | octet_at(octets_, 15);
  if (start_bytes + length > header_bytes_max) return State::refused;
  bool known = false;
  const std::size_t needed = address_bytes(octet_at(octets_, 13), known);
  if (command == version_proxy && (!known || length < needed)) return State::refused;
  size_ = start_bytes + length;
  return State::more;
}

ProxyHeader::State ProxyHeader::read_addresses() {
  const unsigned family = octet_at(octets_, 13);
  const bool ip = family == tcp_v4 || family == tcp_v6;
  if (octet_at(octets_, 12) == version_local || !ip) return State::done;
  std::array<char, INET6_ADDRSTRLEN> written{};
  ::inet_ntop(family == tcp_v4 ? AF_INET : AF_INET6, octets_.data() + start_bytes, written.data(),
              written.size());
  source_ = canonical_address(written.data()).value_or("");
  return State::done;
}

}  // namespace casebridge::http
