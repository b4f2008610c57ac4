// LibraryShelf: adapters' libraries that are mapped into this process; for good, so each of them only once.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "core/base/result.hpp"
#include "core/switchboard/inspection.hpp"
#include "core/switchboard/plugin_loader.hpp"

namespace casebridge::switchboard {

// Safe for several threads. Switchboards of one process that follow each other share a shelf, or each of them
// leaves a copy of every library behind.
class LibraryShelf {
 public:
  // Takes the image out of `inspected`. Octets that are here already are not mapped again. Trouble as
  // load_plugin().
  Result<LoadedPlugin> load(Inspection& inspected);

 private:
  std::mutex mutex_;
  std::map<std::string, LoadedPlugin> by_digest_;  // sha256, hex
};

}  // namespace casebridge::switchboard
