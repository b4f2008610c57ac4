// What is not a pair is passed over: cookies of others are none of our business.
#include "core/http/cookies.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace casebridge::http {

CookiesOfName find_cookies(const Head& head, std::string_view name) {
  CookiesOfName found;
  std::string_view cookies = head.field("cookie").value_or("");
  while (!cookies.empty()) {
    const std::size_t end = std::min(cookies.find(';'), cookies.size());
    const std::string_view cookie = text::trim(cookies.substr(0, end));
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
    const std::size_t equals = cookie.find('=');
    if (equals == std::string_view::npos || cookie.substr(0, equals) != name) continue;
    found.value = cookie.substr(equals + 1);
    ++found.count;
  }
  return found;
}

}  // namespace casebridge::http
