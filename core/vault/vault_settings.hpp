// Who holds keys beside the files: the section `vault` of the gateway's settings.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "core/base/settings_file.hpp"
#include "core/ports/key_server.hpp"
#include "core/vault/key_files.hpp"
#include "core/vault/key_ring.hpp"
#include "core/vault/token_settings.hpp"

namespace casebridge::vault {

struct KmsSettings {
  ports::KeyServerSettings server;
  std::string path;  // what stands before /keys
};

struct VaultSettings {
  std::optional<TokenSettings> pkcs11{};
  std::optional<KmsSettings> kms{};
};

// Paths are relative to `base`. invalid_field for everything that is wrong in the section.
Result<VaultSettings> read_vault_settings(const Settings& top, const std::filesystem::path& base);

using OpenKeyServer =
    std::function<Result<std::unique_ptr<ports::KeyServer>>(const ports::KeyServerSettings&)>;
// Every provider that is set up, the files first. A token or a server that does not answer is not refused;
// the ring's health tells of it.
Result<std::unique_ptr<KeyRing>> open_ring(KeyFiles files, const VaultSettings& settings,
                                           const OpenKeyServer& open_key_server);

}  // namespace casebridge::vault
