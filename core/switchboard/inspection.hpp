// Looks at an adapter's folder without running any of its code; what operators see before they trust it.
#pragma once

#include <string>

#include "core/switchboard/elf_note.hpp"
#include "core/switchboard/library_image.hpp"
#include "core/switchboard/manifest.hpp"

namespace casebridge::switchboard {

struct Inspection {
  Manifest manifest;
  AdapterNote note;
  std::string sha256;  // hex, of the library
  LibraryImage image;  // the very octets that were looked at
};

// `folder` holds manifest.yaml and <id>.so, where <id> is the folder's name. Trouble: the reason of refusal
// in words.
Result<Inspection> inspect(const std::string& folder);

}  // namespace casebridge::switchboard
