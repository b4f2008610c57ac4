// Kept by the browser for thirty days; the gateway counts them as well, from the last whole sign-in.
#include "core/http/device_cookie.hpp"

#include "core/http/cookies.hpp"

namespace casebridge::http {
namespace {

constexpr std::size_t value_bytes_max = 256;

}  // namespace

std::string_view device_cookie_of(const Head& head) {
  const CookiesOfName found = find_cookies(head, device_cookie_name);
  return found.count == 1 && found.value.size() <= value_bytes_max ? found.value : std::string_view();
}

std::string device_cookie(std::string_view value) {
  std::string field(device_cookie_name);
  return field.append("=").append(value).append(
      "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=2592000");
}

}  // namespace casebridge::http
