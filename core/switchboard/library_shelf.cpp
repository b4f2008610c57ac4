// A library that was refused is not kept: the next one who asks gets the reason anew.
#include "core/switchboard/library_shelf.hpp"

#include <utility>

namespace casebridge::switchboard {

Result<LoadedPlugin> LibraryShelf::load(Inspection& inspected) {
  const std::lock_guard lock(mutex_);
  if (const auto found = by_digest_.find(inspected.sha256); found != by_digest_.end()) return found->second;
  CASEBRIDGE_TRY(auto loaded, load_plugin(std::move(inspected.image), inspected.note));
  by_digest_.emplace(inspected.sha256, loaded);
  return loaded;
}

}  // namespace casebridge::switchboard
