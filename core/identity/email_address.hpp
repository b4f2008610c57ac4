// E-mail addresses: which ones are taken, and the form in which two of them are the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casebridge::identity {

// Dot-atom and a domain name of at least two labels (RFC 5321 §4.1.2 without quoted and literal forms),
// ASCII.
bool is_email_address(std::string_view text);
// Blanks around it gone, all lower case: what the unique column holds. Any text has one.
std::string canonical_email(std::string_view text);

}  // namespace casebridge::identity
