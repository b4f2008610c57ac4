// Key files: 32 random octets each, readable by their owner only; every key of the gateway comes from them.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"

namespace casebridge::vault {

// What the root key is for. Each purpose has a key of its own, and none of them seals anything.
enum class KeyPurpose { fingerprint, password_pepper, audit_checkpoint };
std::string_view name_of(KeyPurpose purpose);

// A directory holds `root.key` and one or more `seal-<number>.key`; the seal key with the greatest name
// seals, the others still open. A single file serves as both, under different purposes. Any thread, once
// loaded.
class KeyFiles {
 public:
  // Refuses with dependency_failed, naming the file and what is wrong with it: missing, not 32 octets, a
  // symbolic link, not ours, or readable by group or world. Only mode 0400 and 0600 are taken. A directory
  // without seal keys is taken only where others hold keys, too.
  static Result<KeyFiles> load(const std::filesystem::path& path, bool seals_needed = true);
  // Makes the directory with a fresh root key and a first seal key; refuses when the path exists.
  static Result<void> make(const std::filesystem::path& directory);
  // A fresh seal key of this id beside those of the directory; whole, or nothing of it.
  static Result<void> add(const std::filesystem::path& directory, std::string_view id);
  // Refuses a single file, and a directory that cannot be written.
  static Result<void> can_change(const std::filesystem::path& directory);
  static Result<void> remove(const std::filesystem::path& directory, std::string_view id);

  // Empty without seal keys.
  std::string current_seal_id() const { return seals_.empty() ? std::string() : seals_.rbegin()->first; }
  std::vector<std::string> seal_ids() const;
  const std::filesystem::path& path() const noexcept { return path_; }
  bool seals_needed() const noexcept { return seals_needed_; }
  // nullptr for an id that is not there. Already derived for sealing; lives as long as this object.
  const SecretBytes* seal_key(std::string_view id) const;
  // A key for another purpose: independent of the seal keys and of every other purpose.
  SecretBytes derive(std::string_view purpose) const;
  SecretBytes derive(KeyPurpose purpose) const { return derive(name_of(purpose)); }

 private:
  KeyFiles() = default;
  std::filesystem::path path_;
  bool seals_needed_ = true;
  SecretBytes root_;
  std::map<std::string, SecretBytes, std::less<>> seals_;
};

}  // namespace casebridge::vault
