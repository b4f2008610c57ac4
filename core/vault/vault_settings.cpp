// Reads the section and makes the providers that it names.
#include "core/vault/vault_settings.hpp"

#include <algorithm>

#include "core/vault/file_keys.hpp"
#include "core/vault/kms_keys.hpp"

namespace casebridge::vault {
namespace {

using std::filesystem::path;

Result<path> file_in(const Settings& section, std::string_view key, const path& base) {
  CASEBRIDGE_TRY(const std::string text, section.text(key));
  if (text.empty()) return section.complaint(key, "expected a path");
  return base / text;  // an absolute text replaces the base
}

Result<std::string> file_if_any(const Settings& section, std::string_view key, const path& base) {
  if (!section.has(key)) return std::string();
  CASEBRIDGE_TRY(const path found, file_in(section, key, base));
  return found.string();
}

Result<TokenSettings> read_pkcs11(const Settings& section, const path& base) {
  CASEBRIDGE_CHECK(section.only({"module", "token", "pin_file", "key_stem"}));
  TokenSettings settings;
  CASEBRIDGE_TRY(settings.module, file_in(section, "module", base));
  CASEBRIDGE_TRY(settings.token, section.text("token"));
  if (settings.token.empty()) return section.complaint("token", "expected the token's label");
  CASEBRIDGE_TRY(settings.pin_file, file_in(section, "pin_file", base));
  CASEBRIDGE_TRY(settings.key_stem, section.text_or("key_stem", "casebridge"));
  if (!is_key_id(settings.key_stem + "-0001"))
    return section.complaint("key_stem", "expected letters, digits, dots, hyphens or underscores");
  return settings;
}

Result<KmsSettings> read_kms(const Settings& section, const path& base) {
  CASEBRIDGE_CHECK(
      section.only({"url", "ca", "client_certificate", "client_key", "token_file", "timeout_ms"}));
  KmsSettings settings;
  CASEBRIDGE_TRY(const std::string url, section.text("url"));
  const std::size_t host = url.find("://");
  if (host == std::string::npos || url.find_first_of("?#@ \"\\") != std::string::npos)
    return section.complaint("url", "expected https://HOST[:PORT][/PATH]");
  const std::size_t slash = std::min(url.find('/', host + 3), url.size());
  settings.server.origin = url.substr(0, slash);
  settings.path = url.substr(slash);
  while (settings.path.ends_with('/')) settings.path.pop_back();
  CASEBRIDGE_TRY(settings.server.ca_file, file_if_any(section, "ca", base));
  CASEBRIDGE_TRY(settings.server.certificate_file, file_if_any(section, "client_certificate", base));
  CASEBRIDGE_TRY(settings.server.key_file, file_if_any(section, "client_key", base));
  CASEBRIDGE_TRY(settings.server.token_file, file_if_any(section, "token_file", base));
  if (settings.server.certificate_file.empty() != settings.server.key_file.empty())
    return section.complaint("client_certificate", "client_certificate and client_key go together");
  if (settings.server.certificate_file.empty() && settings.server.token_file.empty())
    return section.complaint("token_file", "expected it, or a client_certificate");
  CASEBRIDGE_TRY(const auto timeout, section.integer_or("timeout_ms", 50, 60'000, 2'000));
  settings.server.timeout = std::chrono::milliseconds(timeout);
  return settings;
}

}  // namespace

Result<VaultSettings> read_vault_settings(const Settings& top, const path& base) {
  VaultSettings settings;
  CASEBRIDGE_TRY(const auto section, top.section_if_any("vault"));
  if (!section) return settings;
  CASEBRIDGE_CHECK(section->only({"pkcs11", "kms"}));
  CASEBRIDGE_TRY(const auto pkcs11, section->section_if_any("pkcs11"));
  CASEBRIDGE_TRY(const auto kms, section->section_if_any("kms"));
  if (pkcs11) {
    CASEBRIDGE_TRY(settings.pkcs11, read_pkcs11(*pkcs11, base));
  }
  if (kms) {
    CASEBRIDGE_TRY(settings.kms, read_kms(*kms, base));
  }
  return settings;
}

Result<std::unique_ptr<KeyRing>> open_ring(KeyFiles files, const VaultSettings& settings,
                                           const OpenKeyServer& open_key_server) {
  std::vector<std::unique_ptr<KeyProvider>> providers;
  providers.push_back(std::make_unique<FileKeys>(std::move(files)));
  if (settings.pkcs11) {
    CASEBRIDGE_TRY(auto token, open_token_keys(*settings.pkcs11));
    providers.push_back(std::move(token));
  }
  if (settings.kms) {
    CASEBRIDGE_TRY(auto server, open_key_server(settings.kms->server));
    auto kms = std::make_unique<KmsKeys>(std::move(server), settings.kms->path);
    if (const auto looked = kms->look_again(); !looked) {
      // Health will tell; it is looked for again.
    }
    providers.push_back(std::move(kms));
  }
  return std::make_unique<KeyRing>(std::move(providers));
}

}  // namespace casebridge::vault
