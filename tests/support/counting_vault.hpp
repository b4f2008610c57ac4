// CountingVault: counts how often another vault is asked to open something.
#pragma once

#include "core/ports/vault.hpp"

namespace casebridge::testing {

class CountingVault final : public ports::Vault {
 public:
  explicit CountingVault(const ports::Vault& vault) : vault_(vault) {}
  Result<std::string> seal(const SecretBytes& plain, const ports::SealedPlace& place) const override {
    return vault_.seal(plain, place);
  }
  Result<SecretBytes> open(std::string_view sealed, const ports::SealedPlace& place) const override {
    ++opened_;
    return vault_.open(sealed, place);
  }
  std::string fingerprint(std::string_view purpose, std::string_view data) const override {
    return vault_.fingerprint(purpose, data);
  }
  int opened() const { return opened_; }

 private:
  const ports::Vault& vault_;
  mutable int opened_ = 0;
};

}  // namespace casebridge::testing
