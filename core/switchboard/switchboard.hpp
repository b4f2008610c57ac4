// The way in: opens every configured system, each with its adapter, its origins and its bounds.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/log.hpp"
#include "core/base/result.hpp"
#include "core/ports/store.hpp"
#include "core/ports/systems.hpp"
#include "core/ports/vault.hpp"
#include "core/switchboard/breaker.hpp"

namespace casebridge::switchboard {

class LibraryShelf;

// Begins the reason of a system that waits for its operator: states/ has it, and no override names the
// key it needs. It is offered to nobody, and nothing is wrong.
inline constexpr std::string_view not_set_up = "not set up";

struct SwitchboardOptions {
  std::string states_folder;   // <xx>/profile.yaml and <xx>/systems.yaml
  std::string plugins_folder;  // <id>/manifest.yaml and <id>/<id>.so
  std::string schemas_folder;  // schemas; adapter/ and model/ below it are read
  std::vector<std::string> override_files{};
  std::chrono::milliseconds connect_timeout{5000};
  std::chrono::milliseconds grace{1000};  // after a call's deadline, before its thread is given up
  BreakerRules breaker{};
  // For kv/1, which is not offered without them; both must outlive what is opened.
  ports::Store* store = nullptr;
  const ports::Vault* vault = nullptr;
  // For a process that opens more than one switchboard; empty: a shelf of its own.
  std::shared_ptr<LibraryShelf> libraries{};
};

// Wrong files of ours (states, overrides, schemas) are troubles with file:line: key. A plugin that is missing
// or refused is none: its systems are there, say why in health(), and answer troubles. `clock` must outlive
// the result.
Result<std::unique_ptr<ports::Systems>> open_switchboard(const SwitchboardOptions& options,
                                                         const Clock& clock, const Log& log);

}  // namespace casebridge::switchboard
