// AddressSet: places of a network, named by addresses and prefixes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casebridge::http {

// The address in one way of writing; what IPv6 shows of IPv4 is IPv4. nullopt: no address.
std::optional<std::string> canonical_address(std::string_view text);

class AddressSet {
 public:
  // What stands for whoever comes over a unix-domain socket.
  static constexpr std::string_view unix_socket = "unix";

  // 192.0.2.1, 192.0.2.0/24, 2001:db8::/32, unix. nullopt when one is none of these.
  static std::optional<AddressSet> parse(const std::vector<std::string>& texts);
  bool holds(std::string_view address) const;

 private:
  using Octets = std::array<std::uint8_t, 16>;
  struct Prefix {
    Octets octets;
    int bits;
  };
  std::vector<Prefix> prefixes_;
  bool unix_ = false;
};

}  // namespace casebridge::http
