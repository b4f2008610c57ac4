// Checkpoint: how long a stream was and which root its tree had then, as C2SP's tlog-checkpoint writes it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/audit/signed_note.hpp"
#include "core/base/crypto.hpp"

namespace casebridge::audit {

// Of the key that signs, among those that come from a gateway's key files.
inline constexpr std::string_view checkpoint_key_purpose = "audit-checkpoint";

struct Checkpoint {
  std::string origin;  // NAME/STREAM
  std::uint64_t size = 0;
  crypto::Digest root{};
};

// NAME/STREAM; a gateway's notes about a stream have it as origin, and its key as name.
std::string origin_of(std::string_view name, std::string_view stream);
// What follows the last slash.
std::string stream_of(std::string_view origin);
std::string write_checkpoint(const Checkpoint& checkpoint, const NoteSigner& signer);
// invalid_field(checkpoint): not signed by the key, of another origin than the key's name, or no checkpoint.
Result<Checkpoint> read_checkpoint(std::string_view note, const NoteKey& key);

}  // namespace casebridge::audit
