// Loads the library of an adapter into this process, once, for good.
#pragma once

#include "core/base/result.hpp"
#include "core/switchboard/elf_note.hpp"
#include "core/switchboard/library_image.hpp"
#include "core/switchboard/manifest.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"

namespace casebridge::switchboard {

// Note and manifest agree, and this gateway speaks the note's contract. Runs no code of the adapter.
Result<void> check_note(const AdapterNote& note, const Manifest& manifest);

struct LoadedPlugin {
  const casebridge_entry* entry;  // valid until the process ends: libraries are never unloaded
  std::uint32_t abi_minor;        // the newest that both sides know
};

// Trouble adapter_fault with the reason in words. Call it after check_note(): from here on, code of the
// library runs.
Result<LoadedPlugin> load_plugin(LibraryImage image, const AdapterNote& note);

}  // namespace casebridge::switchboard
