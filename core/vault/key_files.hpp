// Key files: 32 random octets each, readable by their owner only; every key of the gateway comes from them.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"

namespace casebridge::vault {

// A directory holds `root.key` and one or more `seal-<number>.key`; the seal key with the greatest name
// seals, the others still open. A single file serves as both, under different purposes. Any thread, once
// loaded.
class KeyFiles {
 public:
  // Refuses with dependency_failed, naming the file and what is wrong with it: missing, not 32 octets, a
  // symbolic link, not ours, or readable by group or world. Only mode 0400 and 0600 are taken.
  static Result<KeyFiles> load(const std::filesystem::path& path);
  // Makes the directory with a fresh root key and a first seal key; refuses when the path exists.
  static Result<void> make(const std::filesystem::path& directory);

  const std::string& current_seal_id() const noexcept { return seals_.rbegin()->first; }
  // nullptr for an id that is not there. Already derived for sealing; lives as long as this object.
  const SecretBytes* seal_key(std::string_view id) const;
  // A key for another purpose: independent of the seal keys and of every other purpose.
  SecretBytes derive(std::string_view purpose) const;

 private:
  KeyFiles() = default;
  SecretBytes root_;
  std::map<std::string, SecretBytes, std::less<>> seals_;
};

}  // namespace casebridge::vault
