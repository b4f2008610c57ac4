// Configuration: what config/*.yaml says, checked and typed. Complaints name file:line:key.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/http/crowd.hpp"
#include "core/http/forwarded.hpp"
#include "core/identity/operator_policy.hpp"
#include "core/identity/passkey_rules.hpp"
#include "core/identity/throttle.hpp"
#include "core/vault/vault_settings.hpp"

namespace casebridge::gateway {

struct ListenerSettings {
  std::string address;  // literal IP; or the path of a unix-domain socket
  std::uint16_t port = 0;
  std::filesystem::path certificate;  // both empty: plain HTTP
  std::filesystem::path key;
  std::filesystem::path ocsp_response;  // empty: none is shown
  bool proxy_protocol = false;
};

struct MailSettings {
  std::string host;
  std::uint16_t port = 25;
  std::string from;
  bool starttls = true;
  std::string user;  // empty: no AUTH
  std::filesystem::path password_file;
};

struct AuditSettings {
  std::string name = "casebridge";   // origin of the checkpoints: NAME/STREAM
  std::filesystem::path checkpoint;  // empty: none is written
  std::chrono::seconds checkpoint_every{60};
};

struct Configuration {
  std::vector<ListenerSettings> listeners;
  std::string public_origin;  // https://gateway.example
  int connections_max = 16'384;
  http::CrowdLimits crowd{};
  http::Proxies proxies{};
  int reads_per_second_max = 500;  // of one address
  std::string database_url;
  std::filesystem::path database_password_file;  // empty: none is needed, or libpq knows one
  int database_connections_max = 8;
  std::filesystem::path keys;
  vault::VaultSettings vault{};
  std::filesystem::path plugins;
  std::filesystem::path states;
  std::filesystem::path schemas;
  std::filesystem::path messages;
  std::filesystem::path password_list;
  std::filesystem::path portal;  // the built page; empty: the API alone
  std::vector<std::filesystem::path> system_overrides;
  MailSettings mail;
  AuditSettings audit;
  std::string log_path = "-";
  std::string log_level = "info";
  identity::ThrottleRules throttle{};
  std::chrono::seconds step_up_age{20 * 60};
  int totp_steps_around = 1;
  bool second_factor_required = true;  // for whoever is shown a case
  identity::PasskeyParty passkeys{};
  identity::OperatorPolicy operators{};
  int hash_threads = 2;
  int job_threads = 16;
  std::chrono::seconds job_lease_s{180};
  // Deadlines are multiplied by this / 1000; fault tests run with a twentieth.
  int deadline_permille = 1000;
  std::chrono::seconds stop_grace{10};
  std::chrono::seconds stream_life{300};  // of a stream of events; then the client opens the next one
};

// Relative paths are relative to the file's folder. invalid_field for everything that is wrong in the file.
Result<Configuration> read_configuration(const std::filesystem::path& file);

}  // namespace casebridge::gateway
