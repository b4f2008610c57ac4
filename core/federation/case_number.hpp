// The normal form of a case number: two spellings of one number become equal, two numbers never do.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace casebridge::federation {

// Upper case, without blanks, dashes, dots and slashes; an all-digit number without leading zeros is padded
// to `native_digits` (0: the state's length is not known, and no zeros are added). Idempotent.
std::string normal_case_number(std::string_view raw, std::size_t native_digits);

}  // namespace casebridge::federation
