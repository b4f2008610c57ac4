// Network prefix: the part of an IP address that says where somebody is, and not who.
#pragma once

#include <string>
#include <string_view>

namespace casebridge::identity {

// As 198.51.100.0/24 or 2001:db8::/48; an IPv4 address mapped into IPv6 counts as IPv4. Bits are multiples
// of 8. Empty when the text is no address.
std::string network_prefix(std::string_view address, int bits_v4, int bits_v6);

}  // namespace casebridge::identity
