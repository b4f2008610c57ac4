// FileKeys: the provider of keys in files of this machine.
#pragma once

#include <shared_mutex>

#include "core/vault/key_files.hpp"
#include "core/vault/key_provider.hpp"

namespace casebridge::vault {

class FileKeys final : public KeyProvider {
 public:
  explicit FileKeys(KeyFiles files)
      : path_(files.path()), seals_needed_(files.seals_needed()), files_(std::move(files)) {}
  std::string_view name() const override { return "file"; }
  Result<std::string> wrap(std::string_view key_id, const SecretBytes& data_key,
                           const WrapContext& context) override;
  Result<SecretBytes> unwrap(std::string_view key_id, std::string_view wrapped,
                             const WrapContext& context) override;
  std::vector<std::string> list() const override;
  Result<void> look_again() override;
  // The files as they are now, with the modes they must have.
  Result<void> health() override;
  std::string stem() const override { return "seal"; }
  // Not where they are a copy that cannot be written, as systemd's credentials are.
  Result<void> can_change() const override { return KeyFiles::can_change(path_); }
  Result<void> add(std::string_view key_id) override;
  Result<void> destroy(std::string_view key_id) override;

 private:
  const std::filesystem::path path_;
  const bool seals_needed_;
  mutable std::shared_mutex mutex_;
  KeyFiles files_;  // guarded by mutex_
};

}  // namespace casebridge::vault
