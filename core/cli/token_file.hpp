// Where the command keeps its session between calls: a file that only its owner can read.
#pragma once

#include <filesystem>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"

namespace casebridge::cli {

// $XDG_CONFIG_HOME/casebridge/session or ~/.config/casebridge/session.
std::filesystem::path default_token_file();
Result<void> write_token(const std::filesystem::path& file,
                         const SecretBytes& token);  // replaces whole, mode 0600
// token_missing when there is none; a file that others can read is refused.
Result<SecretBytes> read_token(const std::filesystem::path& file);
void forget_token(const std::filesystem::path& file);

}  // namespace casebridge::cli
