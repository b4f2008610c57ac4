// The cookies of a request: `name=value` pairs divided by semicolons (RFC 6265 §4.2.1).
#pragma once

#include <string_view>

#include "core/http/request.hpp"

namespace casebridge::http {

struct CookiesOfName {
  std::string_view value{};  // of the last one, where it stands in the head
  int count = 0;
};

CookiesOfName find_cookies(const Head& head, std::string_view name);

}  // namespace casebridge::http
