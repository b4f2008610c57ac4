// Personal words: what somebody who knows an account's address would try as its password.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace casebridge::identity {

// The address, its local part, the parts of that, and the names in its domain.
std::vector<std::string> personal_words(std::string_view canonical_email);

}  // namespace casebridge::identity
