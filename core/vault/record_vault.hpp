// RecordVault: ports::Vault over key files, with a fresh data key for every record.
#pragma once

#include <string>
#include <string_view>

#include "core/ports/vault.hpp"
#include "core/vault/key_files.hpp"

namespace casebridge::vault {

// Any thread. A record that does not open is always the same trouble, whatever was wrong with it.
class RecordVault final : public ports::Vault {
 public:
  explicit RecordVault(KeyFiles keys);
  Result<std::string> seal(const SecretBytes& plain, const ports::SealedPlace& place) const override;
  Result<SecretBytes> open(std::string_view sealed, const ports::SealedPlace& place) const override;
  std::string fingerprint(std::string_view purpose, std::string_view data) const override;
  const KeyFiles& keys() const noexcept { return keys_; }

 private:
  KeyFiles keys_;
  SecretBytes fingerprint_key_;
};

}  // namespace casebridge::vault
