// Origin: scheme, host and port of a system, as https://icop.test:18101. Nothing else is ever connected to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace casebridge::switchboard {

struct Origin {
  bool tls = true;
  std::string host;  // lower case; an IPv6 address without brackets
  std::uint16_t port = 443;

  // nullopt for anything with a path, user, query, or another scheme than http and https.
  static std::optional<Origin> parse(std::string_view text);
  std::string text() const;
  std::string host_header() const;  // host, and port unless it is the scheme's own
  bool is_address() const;          // a literal IPv4 or IPv6 address
  bool is_loopback() const;
  friend bool operator==(const Origin&, const Origin&) = default;
};

}  // namespace casebridge::switchboard
