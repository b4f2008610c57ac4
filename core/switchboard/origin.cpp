// Parsing of origins (RFC 6454 §7), strict: what is not plainly an origin is none.
#include "core/switchboard/origin.hpp"

#include <arpa/inet.h>

#include <algorithm>

#include "core/base/text.hpp"

namespace casebridge::switchboard {
namespace {

bool is_v4(const std::string& host) {
  in_addr address{};
  return ::inet_pton(AF_INET, host.c_str(), &address) == 1;
}
bool is_v6(const std::string& host) {
  in6_addr address{};
  return ::inet_pton(AF_INET6, host.c_str(), &address) == 1;
}
bool is_name(std::string_view host) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  };
  return !host.empty() && host.size() <= 253 && host.front() != '.' && host.front() != '-' &&
         std::all_of(host.begin(), host.end(), allowed);
}

}  // namespace

std::optional<Origin> Origin::parse(std::string_view text) {
  Origin origin;
  if (text.starts_with("https://")) {
    text.remove_prefix(8);
  } else if (text.starts_with("http://")) {
    text.remove_prefix(7);
    origin.tls = false;
    origin.port = 80;
  } else {
    return std::nullopt;
  }
  std::string_view host = text;
  std::string_view rest;
  const bool bracketed = text.starts_with('[');
  const std::size_t host_end = bracketed ? text.find(']') : text.find(':');
  if (bracketed && host_end == std::string_view::npos) return std::nullopt;
  if (host_end != std::string_view::npos) {
    host = bracketed ? text.substr(1, host_end - 1) : text.substr(0, host_end);
    rest = text.substr(host_end + (bracketed ? 1 : 0));
  }
  origin.host = text::lower_ascii(host);
  if (bracketed ? !is_v6(origin.host) : !is_name(origin.host)) return std::nullopt;
  if (rest.empty()) return origin;
  rest.remove_prefix(1);  // the colon; anything else fails as a number
  const auto port = rest.size() <= 5 && text::all_digits(rest) ? text::parse_int(rest) : std::nullopt;
  if (!port || *port < 1 || *port > 65535) return std::nullopt;
  origin.port = static_cast<std::uint16_t>(*port);
  return origin;
}

std::string Origin::text() const { return (tls ? "https://" : "http://") + host_header(); }

std::string Origin::host_header() const {
  const std::string shown = is_v6(host) ? "[" + host + "]" : host;
  return port == (tls ? 443 : 80) ? shown : shown + ":" + std::to_string(port);
}

bool Origin::is_address() const { return is_v4(host) || is_v6(host); }

bool Origin::is_loopback() const {
  return host == "localhost" || host == "::1" || (is_v4(host) && host.starts_with("127."));
}

}  // namespace casebridge::switchboard
