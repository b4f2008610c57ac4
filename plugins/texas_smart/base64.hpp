// xs:base64Binary: standard alphabet with padding; blanks between the characters do not count.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casebridge::texas_smart {

// nullopt for a wrong character, length or padding (RFC 4648 §4).
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace casebridge::texas_smart
