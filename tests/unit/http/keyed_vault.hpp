// KeyedVault: fingerprints only, over one fixed key; for what needs no sealing.
#pragma once

#include "core/base/crypto.hpp"
#include "core/ports/vault.hpp"

namespace casebridge::http::testing {

class KeyedVault final : public ports::Vault {
 public:
  Result<std::string> seal(const SecretBytes&, const ports::SealedPlace&) const override {
    return trouble(TroubleCode::not_supported);
  }
  Result<SecretBytes> open(std::string_view, const ports::SealedPlace&) const override {
    return trouble(TroubleCode::not_supported);
  }
  std::string fingerprint(std::string_view purpose, std::string_view data) const override {
    const auto digest = crypto::hmac_sha256(key_, std::string(purpose) + '\n' + std::string(data));
    return crypto::hex(digest);
  }

 private:
  SecretBytes key_ = SecretBytes::copy_of(std::string_view("0123456789abcdef0123456789abcdef"));
};

}  // namespace casebridge::http::testing
