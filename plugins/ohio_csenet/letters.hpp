// What people write, in the letters that the layout has.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casebridge::ohio_csenet {

// Upper case, accents left out, other letters as the nearest plain ones, anything else a blank. One octet for
// each character of the text.
std::string plain_letters(std::string_view utf8);

// Lines of at most `width`, broken between words; inside of words where that does not fit into `lines_max`
// lines. Nothing when even that does not.
std::optional<std::vector<std::string>> wrapped(std::string_view plain, std::size_t width,
                                                std::size_t lines_max);

}  // namespace casebridge::ohio_csenet
