// Where the digits of the amounts are in the files of a Georgia night.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "plugins/georgia_batch/run_id.hpp"

namespace casebridge::formats {

std::vector<std::size_t> places_of_amounts(georgia_batch::FileKind kind, std::string_view octets);
// Only of those amounts that a total of the same file, or a second place in it, repeats.
std::vector<std::size_t> places_of_totalled_amounts(georgia_batch::FileKind kind, std::string_view octets);

}  // namespace casebridge::formats
