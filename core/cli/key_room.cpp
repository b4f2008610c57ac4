// Opens the store and the ring as a gateway does, without serving anything.
#include "core/cli/key_room.hpp"

#include "core/base/settings_file.hpp"
#include "core/storage/database.hpp"
#include "core/storage/key_database.hpp"
#include "core/switchboard/key_server_client.hpp"
#include "core/vault/vault_settings.hpp"

namespace casebridge::cli {
namespace {

using std::filesystem::path;

Result<storage::DatabaseOptions> database_of(const Settings& top, const path& base) {
  constexpr std::string_view sqlite = "sqlite:";
  CASEBRIDGE_TRY(const Settings section, top.section("storage"));
  CASEBRIDGE_TRY(const Settings folders, top.section("folders"));
  storage::DatabaseOptions options;
  CASEBRIDGE_TRY(options.url, section.text("url"));
  if (options.url.starts_with(sqlite))
    options.url = std::string(sqlite) + (base / options.url.substr(sqlite.size())).string();
  if (section.has("password_file")) {
    CASEBRIDGE_TRY(const std::string file, section.text("password_file"));
    options.password_file = base / file;
  }
  CASEBRIDGE_TRY(const std::string schemas, folders.text("schemas"));
  options.migrations = base / schemas / "migrations";
  options.connections_max = 2;
  options.migrate = false;  // that is for the gateway to do, when it is started
  return options;
}

Result<std::unique_ptr<vault::RecordVault>> vault_of(const Settings& top, const path& base,
                                                     const path& keys_folder) {
  CASEBRIDGE_TRY(const auto settings, vault::read_vault_settings(top, base));
  CASEBRIDGE_TRY(auto keys, vault::KeyFiles::load(keys_folder, !settings.pkcs11 && !settings.kms));
  SecretBytes fingerprint_key = keys.derive(vault::KeyPurpose::fingerprint);
  CASEBRIDGE_TRY(auto ring, vault::open_ring(std::move(keys), settings, switchboard::KeyServerClient::open));
  return std::make_unique<vault::RecordVault>(std::move(ring), std::move(fingerprint_key));
}

}  // namespace

Result<path> keys_folder_of(const Settings& top, const path& base, const path& instead) {
  if (!instead.empty()) return instead;
  CASEBRIDGE_TRY(const Settings folders, top.section("folders"));
  CASEBRIDGE_TRY(const std::string folder, folders.text("keys"));
  return base / folder;
}

Result<std::unique_ptr<KeyRoom>> open_key_room(const KeyWords& words) {
  CASEBRIDGE_TRY(const Settings top, Settings::load(words.settings));
  const path base = std::filesystem::absolute(words.settings).parent_path();
  CASEBRIDGE_TRY(const path keys_folder, keys_folder_of(top, base, words.keys));
  auto room = std::make_unique<KeyRoom>();
  CASEBRIDGE_TRY(const auto database, database_of(top, base));
  CASEBRIDGE_TRY(room->store, storage::open_database(database, room->clock, Log()));
  room->keys = storage::keys_in(*room->store);
  CASEBRIDGE_TRY(room->vault, vault_of(top, base, keys_folder));
  return room;
}

}  // namespace casebridge::cli
