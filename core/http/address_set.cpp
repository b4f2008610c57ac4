// IPv4 is held as IPv6 holds it (::ffff:a.b.c.d), so that there is one comparison.
#include "core/http/address_set.hpp"

#include <arpa/inet.h>

#include <algorithm>

#include "core/base/text.hpp"

namespace casebridge::http {
namespace {

using AddressOctets = std::array<std::uint8_t, 16>;
constexpr std::size_t mapped_octets = 12;
constexpr int mapped_bits = 96;

std::optional<AddressOctets> octets_of_address(const std::string& text) {
  AddressOctets octets{};
  if (::inet_pton(AF_INET6, text.c_str(), octets.data()) == 1) return octets;
  octets = {};
  octets[10] = octets[11] = 0xFF;
  if (::inet_pton(AF_INET, text.c_str(), octets.data() + mapped_octets) == 1) return octets;
  return std::nullopt;
}

bool is_mapped(const AddressOctets& octets) {
  return std::all_of(octets.begin(), octets.begin() + 10, [](std::uint8_t octet) { return octet == 0; }) &&
         octets[10] == 0xFF && octets[11] == 0xFF;
}

bool begin_alike(const AddressOctets& a, const AddressOctets& b, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(a.begin(), a.begin() + bits / 8, b.begin())) return false;
  const int rest = bits % 8;
  return rest == 0 || (a[whole] ^ b[whole]) >> (8 - rest) == 0;
}

}  // namespace

std::optional<std::string> canonical_address(std::string_view text) {
  const auto octets = octets_of_address(std::string(text));
  if (!octets) return std::nullopt;
  std::array<char, INET6_ADDRSTRLEN> written{};
  const bool v4 = is_mapped(*octets);
  ::inet_ntop(v4 ? AF_INET : AF_INET6, octets->data() + (v4 ? mapped_octets : 0), written.data(),
              written.size());
  return std::string(written.data());
}

std::optional<AddressSet> AddressSet::parse(const std::vector<std::string>& texts) {
  AddressSet set;
  for (const std::string& text : texts) {
    if (text == unix_socket) {
      set.unix_ = true;
      continue;
    }
    const std::size_t slash = std::min(text.find('/'), text.size());
    const auto octets = octets_of_address(text.substr(0, slash));
    if (!octets) return std::nullopt;
    const bool v4 = text.find(':') == std::string::npos;
    const int most = v4 ? 32 : 128;
    const auto bits = slash == text.size() ? most : text::parse_int(text.substr(slash + 1)).value_or(-1);
    if (bits < 0 || bits > most) return std::nullopt;
    set.prefixes_.push_back({*octets, static_cast<int>(bits) + (v4 ? mapped_bits : 0)});
  }
  return set;
}

bool AddressSet::holds(std::string_view address) const {
  if (address == unix_socket) return unix_;
  if (prefixes_.empty()) return false;
  const auto octets = octets_of_address(std::string(address));
  if (!octets) return false;
  return std::any_of(prefixes_.begin(), prefixes_.end(),
                     [&](const Prefix& prefix) { return begin_alike(prefix.octets, *octets, prefix.bits); });
}

}  // namespace casebridge::http
