// Kept by the browser for thirty days; the gateway counts them as well, from the last whole sign-in.
#include "core/http/device_cookie.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace casebridge::http {
namespace {

constexpr std::size_t value_bytes_max = 256;

}  // namespace

std::string_view device_cookie_of(const Head& head) {
  std::string_view cookies = head.field("cookie").value_or("");
  std::string_view found;
  while (!cookies.empty()) {
    const std::size_t end = std::min(cookies.find(';'), cookies.size());
    const std::string_view cookie = text::trim(cookies.substr(0, end));
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
    const std::size_t equals = cookie.find('=');
    if (equals == std::string_view::npos || cookie.substr(0, equals) != device_cookie_name) continue;
    if (!found.empty()) return {};
    found = cookie.substr(equals + 1);
  }
  return found.size() > value_bytes_max ? std::string_view() : found;
}

std::string device_cookie(std::string_view value) {
  std::string field(device_cookie_name);
  return field.append("=").append(value).append(
      "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=2592000");
}

}  // namespace casebridge::http
