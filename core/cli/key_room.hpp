// KeyRoom: the database and the keys of a gateway, opened beside it from the same settings file.
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/clock.hpp"
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

// Reads what it needs of the settings (`storage`, `folders`, `vault`); paths in them are relative to the
// file.
Result<std::unique_ptr<KeyRoom>> open_key_room(const std::filesystem::path& settings_file);

}  // namespace casebridge::cli
