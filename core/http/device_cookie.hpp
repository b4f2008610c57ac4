// The device cookie: which accounts were signed in to from this browser. It signs nobody in.
#pragma once

#include <string>
#include <string_view>

#include "core/http/request.hpp"

namespace casebridge::http {

inline constexpr std::string_view device_cookie_name = "__Host-cb_device";

// Its value, where it stands in the head; empty when there is none, or more than one.
std::string_view device_cookie_of(const Head& head);
std::string device_cookie(std::string_view value);  // the Set-Cookie field

}  // namespace casebridge::http
