// Asks the person at the terminal, or reads lines from a pipe; secrets are not echoed and not kept.
#pragma once

#include <optional>
#include <string>

#include "core/base/secret.hpp"

namespace casebridge::cli {

// The question goes to standard error, so that standard output stays data. nullopt at the end of input.
std::optional<SecretBytes> ask(const std::string& question, bool secret);

}  // namespace casebridge::cli
