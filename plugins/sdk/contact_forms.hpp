// Telephone numbers and ZIP codes as the forms of states want them: digits only.
#pragma once

#include <string>
#include <string_view>

namespace casebridge::sdk {

// "+16145550143" as "6145550143"; anything else as it is, for the state to refuse.
std::string national_phone(std::string_view phone);
// "43202-1234" as "432021234"; anything else as it is.
std::string zip_digits(std::string_view zip);

}  // namespace casebridge::sdk
