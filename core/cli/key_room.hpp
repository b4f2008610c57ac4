// KeyRoom: the database and the keys of a gateway, opened beside it from the same settings file.
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/clock.hpp"
#include "core/base/settings_file.hpp"
#include "core/ports/store.hpp"
#include "core/ports/store_keys.hpp"
#include "core/vault/record_vault.hpp"

namespace casebridge::cli {

// The members refer to each other, so the object stays where it was made.
struct KeyRoom {
  RunningClock clock;
  std::unique_ptr<ports::Store> store;
  std::unique_ptr<ports::KeyDatabase> keys;
  std::unique_ptr<vault::RecordVault> vault;
};

// Where a command of `casebridge keys` looks.
struct KeyWords {
  std::filesystem::path settings;
  // In the place of folders.keys, which may name a copy that nobody can write, such as systemd's credentials.
  std::filesystem::path keys;
};

// The folder of key files; paths in the settings are relative to `base`.
Result<std::filesystem::path> keys_folder_of(const Settings& top, const std::filesystem::path& base,
                                             const std::filesystem::path& instead);
// Reads what it needs of the settings (`storage`, `folders`, `vault`). The database must be as this release's
// gateway has left it: nothing is made and nothing migrated.
Result<std::unique_ptr<KeyRoom>> open_key_room(const KeyWords& words);

}  // namespace casebridge::cli
