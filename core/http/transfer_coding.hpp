// TransferCoding: what a Transfer-Encoding field of a request comes to.
#pragma once

#include <string_view>

#include "core/http/head_fault.hpp"

namespace casebridge::http {

// `none`: exactly chunked, the one coding that is read here. coding_before_chunked: a well-formed list that
// ends in chunked and names others before it; where its body ends would be known, but not what it says (RFC
// 9112 §6.1: 501). coding_unknown: anything else; nobody can say where the body ends (§6.3: 400).
HeadFault check_transfer_coding(std::string_view value);

}  // namespace casebridge::http
