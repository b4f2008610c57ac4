// Without a lifetime of its own: it ends with the browser, and the session behind it earlier.
#include "core/http/session_cookie.hpp"

namespace casebridge::http {
namespace {

constexpr std::string_view attributes = "; Path=/; Secure; HttpOnly; SameSite=Strict";

std::string cookie(std::string_view value) {
  std::string text(session_cookie_name);
  return text.append("=").append(value).append(attributes);
}

}  // namespace

std::string session_cookie(std::string_view token) { return cookie(token); }
std::string ended_session_cookie() { return cookie("").append("; Max-Age=0"); }

}  // namespace casebridge::http
