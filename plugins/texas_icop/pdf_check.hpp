// Whether octets are a whole PDF file, as far as its two ends tell.
#pragma once

#include <string_view>

namespace casebridge::texas_icop {

// Begins with %PDF- and ends with %%EOF and at most one line end.
bool is_whole_pdf(std::string_view octets);

}  // namespace casebridge::texas_icop
