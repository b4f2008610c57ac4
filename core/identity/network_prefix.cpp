// Cuts addresses with the system's own parser.
#include "core/identity/network_prefix.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace casebridge::identity {
namespace {

std::string cut(int family, std::uint8_t* octets, int size, int bits) {
  std::fill(octets + bits / 8, octets + size, std::uint8_t{0});
  std::array<char, INET6_ADDRSTRLEN> written{};
  if (::inet_ntop(family, octets, written.data(), written.size()) == nullptr) return {};
  return std::string(written.data()) + "/" + std::to_string(bits);
}

}  // namespace

std::string network_prefix(std::string_view address, int bits_v4, int bits_v6) {
  const std::string ended(address);
  std::array<std::uint8_t, 16> octets{};
  if (::inet_pton(AF_INET, ended.c_str(), octets.data()) == 1) return cut(AF_INET, octets.data(), 4, bits_v4);
  if (::inet_pton(AF_INET6, ended.c_str(), octets.data()) != 1) return {};
  constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  if (std::equal(mapped.begin(), mapped.end(), octets.begin()))
    return cut(AF_INET, octets.data() + 12, 4, bits_v4);
  return cut(AF_INET6, octets.data(), 16, bits_v6);
}

}  // namespace casebridge::identity
