// Accept (RFC 9110 §12.5.1): whether a client takes the form in which something is answered.
#pragma once

#include <string_view>

namespace casebridge::http {

// The most specific range that fits `media_type` decides. Without any range a client takes everything;
// entries that are no ranges are passed over.
bool accepts(std::string_view accept, std::string_view media_type);

}  // namespace casebridge::http
