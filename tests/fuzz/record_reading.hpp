// What is tried with octets that may be a sealed record: to read it, to write it again, to open it.
#pragma once

#include <string_view>

#include "core/vault/record_vault.hpp"

namespace casebridge::fuzz {

// Aborts when a record that was read is not the same when it is written again, or when anything opens. True
// when the octets were read.
bool try_record(const vault::RecordVault& vault, std::string_view octets);
// A vault whose keys are made for this process and forgotten with it.
const vault::RecordVault& vault_of_this_process();

}  // namespace casebridge::fuzz
