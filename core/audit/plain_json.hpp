// JSON objects of texts for the log: members sorted, and nothing but printable ASCII, whatever comes in.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casebridge::audit {

constexpr std::size_t value_octets_max = 512;

using Members = std::vector<std::pair<std::string_view, std::string>>;

// Control characters, everything beyond ASCII and what turns a terminal or the direction of writing come as
// escapes of four hexadecimal digits; octets outside UTF-8 as the escape of U+FFFD. Long values are cut
// between characters.
std::string plain_json(Members members);

}  // namespace casebridge::audit
