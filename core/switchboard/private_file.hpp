// Private files: keys that only the gateway's own user may read, and nobody may write.
#pragma once

#include <cstddef>
#include <string>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"

namespace casebridge::switchboard {

// A regular file of our own with mode 0400, not a link. Trouble internal says what is wrong with it, without
// its path.
Result<SecretBytes> read_private_file(const std::string& path, std::size_t bytes_max);

}  // namespace casebridge::switchboard
