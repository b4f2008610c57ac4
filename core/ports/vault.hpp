// Vault: seals what must not be readable in storage, bound to where it belongs.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"

namespace casebridge::ports {

// Where a sealed record belongs. Opening with any other place fails: rows cannot be swapped, relabelled or
// replayed.
struct SealedPlace {
  std::string_view purpose;  // state-session, state-credential, resume, flow ...
  std::string_view account;
  std::string_view owner;    // link, attempt or flow id
  std::string_view system;   // empty where none
  std::int64_t version = 0;  // row version
};

class Vault {
 public:
  virtual ~Vault() = default;
  virtual Result<std::string> seal(const SecretBytes& plain, const SealedPlace&) const = 0;  // base64url text
  virtual Result<SecretBytes> open(std::string_view sealed, const SealedPlace&) const = 0;
  // A keyed digest for comparing without keeping: refused credentials, subject keys, e-mail lookups. Hex
  // text.
  virtual std::string fingerprint(std::string_view purpose, std::string_view data) const = 0;
};

}  // namespace casebridge::ports
