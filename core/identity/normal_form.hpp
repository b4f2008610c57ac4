// Normal form: NFKC of a secret (NIST SP 800-63B §5.1.1.2), without a copy outside locked memory of ours.
#pragma once

#include <optional>

#include "core/base/secret.hpp"

namespace casebridge::identity {

// nullopt when the text is not UTF-8. Any thread.
std::optional<SecretBytes> normal_form(const SecretBytes& text);

}  // namespace casebridge::identity
