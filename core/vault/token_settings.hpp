// Which token of PKCS#11 holds keys, and how it is reached; the provider itself, without the words of
// PKCS#11.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/vault/key_provider.hpp"

namespace casebridge::vault {

struct TokenSettings {
  std::filesystem::path module;         // the token maker's library
  std::string token;                    // its label
  std::filesystem::path pin_file;       // private; its first line
  std::string key_stem = "casebridge";  // keys are labelled <stem>-0001 and so on
};

// invalid_field when the library is of no use. A token that is missing is not refused: health says so, and it
// is looked for again.
Result<std::unique_ptr<KeyProvider>> open_token_keys(TokenSettings settings);

}  // namespace casebridge::vault
