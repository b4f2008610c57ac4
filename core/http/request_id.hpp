// The id of a request: the trace id its caller gave (W3C Trace Context), or a new random one.
#pragma once

#include <string>
#include <string_view>

namespace casebridge::http {

// 32 hexadecimal digits. A traceparent that is not well formed, or all zero, counts as none.
std::string request_id_of(std::string_view traceparent);

}  // namespace casebridge::http
