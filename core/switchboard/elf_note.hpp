// What an ELF library says about itself before any of its code runs.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "core/base/result.hpp"

namespace casebridge::switchboard {

// The text of the note .note.casebridge, parsed.
struct AdapterNote {
  std::uint32_t abi_major = 0;
  std::uint32_t abi_minor_min = 0;
  std::uint32_t abi_minor_max = 0;
  std::uint32_t model_major = 0;
  std::string id;
  std::string version;
  std::string compiler;
};

// Looks at octets only. Trouble adapter_fault names what is wrong: no ELF library of this machine, truncated,
// without note, a search path of its own (RPATH, RUNPATH), an executable stack, text relocations.
Result<AdapterNote> read_note(std::span<const std::uint8_t> library);

}  // namespace casebridge::switchboard
