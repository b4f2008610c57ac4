// RecordVault: ports::Vault over a ring of keys, with a fresh data key for every record.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/ports/vault.hpp"
#include "core/ports/vault_health.hpp"
#include "core/vault/key_files.hpp"
#include "core/vault/key_ring.hpp"

namespace casebridge::vault {

// Any thread. A record that does not open is always the same trouble, whatever was wrong with it; another one
// (dependency_failed) tells that the keys could not be asked.
class RecordVault final : public ports::Vault, public ports::VaultHealth {
 public:
  // Key files alone.
  explicit RecordVault(KeyFiles keys);
  RecordVault(std::unique_ptr<KeyRing> ring, SecretBytes fingerprint_key);
  Result<std::string> seal(const SecretBytes& plain, const ports::SealedPlace& place) const override;
  Result<SecretBytes> open(std::string_view sealed, const ports::SealedPlace& place) const override;
  std::string fingerprint(std::string_view purpose, std::string_view data) const override;
  bool works() const override { return works_; }
  // Asks every provider, and keeps the answer for works().
  Result<void> examine();

  // The same content with its data key wrapped by the key that wraps now; nullopt when it is so already. A
  // record of version 1 is opened and sealed anew, for which its place must be known; without one it stays as
  // it is (nullopt).
  Result<std::optional<std::string>> rewrap(std::string_view sealed,
                                            const std::optional<ports::SealedPlace>& place) const;
  KeyRing& ring() const noexcept { return *ring_; }

 private:
  std::unique_ptr<KeyRing> ring_;
  SecretBytes fingerprint_key_;
  std::atomic<bool> works_ = true;
};

// The id of the key that a sealed text names; nullopt when it is no sealed record.
std::optional<std::string> key_named_by(std::string_view sealed);

}  // namespace casebridge::vault
