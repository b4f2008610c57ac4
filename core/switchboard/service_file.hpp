// The parts of systems.yaml that are about host services: assertion, files and kv.
#pragma once

#include <optional>
#include <string>

#include "core/base/settings_file.hpp"
#include "core/switchboard/assertion_signer.hpp"
#include "core/switchboard/landing_folders.hpp"
#include "core/switchboard/value_keeper.hpp"

namespace casebridge::switchboard {

struct ServiceRules {
  std::optional<AssertionRules> assertion{};
  std::optional<FolderRules> files{};
  ValueQuota kv{};
};

// What the file says takes the place of what `rules` held. Files and folders are named relative to `path`.
// Trouble invalid_field with file:line: key.
Result<void> read_service_rules(const Settings& file, const std::string& path, ServiceRules& rules);

// A file as another file names it.
std::string beside(const std::string& file, const std::string& path);

}  // namespace casebridge::switchboard
