// The session cookie: its name, and the Set-Cookie fields that give it and take it back.
#pragma once

#include <string>
#include <string_view>

namespace casebridge::http {

// The prefix makes browsers refuse it from subdomains, other paths and plain HTTP (RFC 6265bis §4.1.3.2).
inline constexpr std::string_view session_cookie_name = "__Host-cb_session";

std::string session_cookie(std::string_view token);
std::string ended_session_cookie();

}  // namespace casebridge::http
