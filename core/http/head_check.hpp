// The rules a request head must keep before anything else looks at it (RFC 9110, RFC 9112). Pure.
#pragma once

#include <string_view>

#include "core/http/head_fault.hpp"
#include "core/http/request.hpp"

namespace casebridge::http {

struct CheckedHead {
  HeadFault fault = HeadFault::none;
  Head head;  // only meaningful when fault is none
};

// `block` is what HeadReader found complete: request line and field lines, each ended by CR LF, then an empty
// line.
CheckedHead check_head(std::string_view block);

bool is_token(std::string_view text);        // RFC 9110 §5.6.2
bool is_field_value(std::string_view text);  // visible octets, blanks and tabs, obs-text
// host [":" port] of RFC 9110 §7.2, without user information.
bool is_host(std::string_view text);

}  // namespace casebridge::http
