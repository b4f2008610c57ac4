// The two code pages of the interface: what an octet means, and which octet ends a line.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace casebridge::ohio_csenet {

enum class CodePage { ascii, cp037 };

// ascii or cp037, as the settings spell them.
std::optional<CodePage> code_page_of(std::string_view name);
std::string_view charset_of(CodePage page);  // us-ascii, cp037
char line_end_of(CodePage page);             // LF, or NEL X'15'

// `text`, which is printable ASCII, and a line end. Made in one piece of memory, so that wiping it is enough.
std::string encode_line(CodePage page, std::string_view text);
// False when an octet stands for no printable ASCII character; then nobody may look at what is there now.
// Line ends are not decoded.
bool decode_in_place(CodePage page, std::span<char> octets);
// The same of a copy.
std::optional<std::string> decode(CodePage page, std::string_view octets);

}  // namespace casebridge::ohio_csenet
