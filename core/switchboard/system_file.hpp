// states/<xx>/systems.yaml: the systems that a jurisdiction runs, how to reach them and how to treat them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/ports/systems.hpp"
#include "core/switchboard/service_file.hpp"

namespace casebridge::switchboard {

struct SystemSetup {
  ports::SystemInfo info;  // without what the adapter's manifest says
  std::vector<std::string> origins;
  std::string ca_file;
  std::string client_certificate_file;  // both or none: mutual TLS
  std::string client_key_file;
  ServiceRules services;
  std::string proxy;             // http://host:port; empty: straight to the system
  bool allow_plaintext = false;  // only ever for loopback origins
  std::string settings_json = "{}";
  std::map<std::string, std::string> secret_files;  // name -> file that holds the secret
  std::string place;  // file:line: key, for complaints about this system
};

// Trouble invalid_field with file:line: key.
Result<std::vector<SystemSetup>> read_systems(const std::string& folder, const std::string& jurisdiction);

// A file that replaces origin, CA and settings of systems by id; of sandboxes, tests and operators.
Result<void> apply_overrides(const std::string& path, std::vector<SystemSetup>& systems);

}  // namespace casebridge::switchboard
