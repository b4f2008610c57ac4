// Keys, texts, passwords to refuse, states and adapters: what can be read and checked before anything is
// served.
#include "core/gateway/parts.hpp"
#include "core/storage/key_database.hpp"
#include "core/switchboard/key_server_client.hpp"
#include "core/switchboard/switchboard.hpp"

namespace casebridge::gateway {
namespace {

// A file that is missing, open to others or wrong is an error of the settings: trying again does not help.
template <class Read>
Result<Read> as_setting(std::string_view key, Result<Read> read) {
  if (read || read.error().code != TroubleCode::dependency_failed) return read;
  return field_trouble(std::string(key), read.error().detail);
}

Result<void> open_vault(const Configuration& configuration, Foundations& laid) {
  const bool files_alone = !configuration.vault.pkcs11 && !configuration.vault.kms;
  CASEBRIDGE_TRY(auto keys, as_setting("keys", vault::KeyFiles::load(configuration.keys, files_alone)));
  laid.pepper = keys.derive(vault::KeyPurpose::password_pepper);
  laid.checkpoint_seed = keys.derive(audit::checkpoint_key_purpose);
  SecretBytes fingerprint_key = keys.derive(vault::KeyPurpose::fingerprint);
  CASEBRIDGE_TRY(auto ring,
                 vault::open_ring(std::move(keys), configuration.vault, switchboard::KeyServerClient::open));
  laid.vault = std::make_unique<vault::RecordVault>(std::move(ring), std::move(fingerprint_key));
  return {};
}

}  // namespace

Result<Foundations> lay_foundations(const Configuration& configuration, const Clock& clock, const Log& log,
                                    ports::Store* store) {
  Foundations laid;
  CASEBRIDGE_CHECK(open_vault(configuration, laid));
  if (store != nullptr) {
    laid.vault_watch = std::make_unique<VaultWatch>(storage::keys_in(*store), *laid.vault, clock, log);
    CASEBRIDGE_CHECK(laid.vault_watch->refresh());
  }
  CASEBRIDGE_TRY(auto messages, as_setting("messages", Messages::load(configuration.messages, {"en", "es"})));
  laid.messages = std::make_unique<Messages>(std::move(messages));
  CASEBRIDGE_TRY(auto policy,
                 as_setting("password_list", identity::PasswordPolicy::load(configuration.password_list)));
  laid.policy = std::make_unique<identity::PasswordPolicy>(std::move(policy));
  switchboard::SwitchboardOptions options;
  options.states_folder = configuration.states.string();
  options.plugins_folder = configuration.plugins.string();
  options.schemas_folder = configuration.schemas.string();
  for (const auto& file : configuration.system_overrides) options.override_files.push_back(file.string());
  options.connect_timeout = options.connect_timeout * configuration.deadline_permille / 1000;
  options.grace = options.grace * configuration.deadline_permille / 1000;
  if (!configuration.portal.empty()) {
    CASEBRIDGE_TRY(auto pages, http::PageFiles::load(configuration.portal));
    laid.pages = std::make_unique<http::PageFiles>(std::move(pages));
  }
  options.store = store;
  options.vault = laid.vault.get();
  CASEBRIDGE_TRY(laid.systems, switchboard::open_switchboard(options, clock, log));
  return laid;
}

}  // namespace casebridge::gateway
