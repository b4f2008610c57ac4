// Reads key files without following links, and checks the open file rather than its name.
#include "core/vault/key_files.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "core/base/crypto.hpp"
#include "core/base/whole_file.hpp"
#include "core/vault/private_file.hpp"

namespace casebridge::vault {
namespace {

constexpr std::size_t key_size_octets = 32;

Result<SecretBytes> read_key(const std::filesystem::path& path) {
  return read_private_file(path, key_size_octets, key_size_octets);
}

Result<void> write_key(const std::filesystem::path& path) {
  const SecretBytes key = crypto::random_secret(key_size_octets);
  const auto put = put_whole_file(path, key.reveal(), 0400, Landing::is_new);
  if (!put) return refused_file(path, put.error().detail);
  return {};
}

Result<void> check_directory(const std::filesystem::path& path, const struct stat& found) {
  if (found.st_uid != ::geteuid()) return refused_file(path, "is not owned by the user who runs the gateway");
  // Whoever may write here may replace a key, whatever the key's own mode.
  if ((found.st_mode & 0022U) != 0)
    return refused_file(path,
                        "has mode " + shown_mode(found.st_mode) + "; group and world must not write there");
  return {};
}

bool is_seal_name(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  return path.extension() == ".key" && name.starts_with("seal-") && path.stem().string().size() <= 64;
}

SecretBytes for_sealing(const SecretBytes& file_key, std::string_view id) {
  return crypto::derive_key(file_key, "casebridge seal " + std::string(id), key_size_octets);
}

}  // namespace

Result<KeyFiles> KeyFiles::load(const std::filesystem::path& path, bool seals_needed) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return refused_file(path, "does not exist");
  KeyFiles made;
  made.path_ = path;
  made.seals_needed_ = seals_needed;
  if (!S_ISDIR(found.st_mode)) {
    CASEBRIDGE_TRY(SecretBytes key, read_key(path));
    made.seals_.emplace("single", for_sealing(key, "single"));
    made.root_ = std::move(key);
    return made;
  }
  CASEBRIDGE_CHECK(check_directory(path, found));
  CASEBRIDGE_TRY(made.root_, read_key(path / "root.key"));
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(path, failed)) {
    if (!is_seal_name(entry.path())) continue;
    CASEBRIDGE_TRY(const SecretBytes key, read_key(entry.path()));
    const std::string id = entry.path().stem().string();
    made.seals_.emplace(id, for_sealing(key, id));
  }
  if (failed || (seals_needed && made.seals_.empty()))
    return refused_file(path, "holds no seal-<number>.key");
  return made;
}

std::string_view name_of(KeyPurpose purpose) {
  switch (purpose) {
    case KeyPurpose::fingerprint: return "fingerprint";
    case KeyPurpose::password_pepper: return "password-pepper";
    case KeyPurpose::audit_checkpoint: return "audit-checkpoint";
  }
  return {};
}

Result<void> KeyFiles::make(const std::filesystem::path& directory) {
  if (::mkdir(directory.c_str(), 0700) != 0)
    return refused_file(directory, "exists already or cannot be made");
  CASEBRIDGE_CHECK(write_key(directory / "root.key"));
  return write_key(directory / "seal-0001.key");
}

Result<void> KeyFiles::add(const std::filesystem::path& directory, std::string_view id) {
  CASEBRIDGE_CHECK(can_change(directory));
  const auto file = directory / (std::string(id) + ".key");
  if (!is_seal_name(file)) return refused_file(file, "is not named seal-<number>.key");
  return write_key(file);
}

Result<void> KeyFiles::can_change(const std::filesystem::path& directory) {
  std::error_code ignored;
  if (std::filesystem::is_regular_file(directory, ignored))
    return refused_file(directory, "is a single file; it takes no second key");
  if (::access(directory.c_str(), W_OK) != 0) return refused_file(directory, "cannot be written");
  return {};
}

Result<void> KeyFiles::remove(const std::filesystem::path& directory, std::string_view id) {
  const auto file = directory / (std::string(id) + ".key");
  if (!is_seal_name(file) || ::unlink(file.c_str()) != 0 || !sync_folder(directory))
    return refused_file(file, "cannot be removed");
  return {};
}

std::vector<std::string> KeyFiles::seal_ids() const {
  std::vector<std::string> ids;
  for (const auto& [id, key] : seals_) ids.push_back(id);
  return ids;
}

const SecretBytes* KeyFiles::seal_key(std::string_view id) const {
  const auto found = seals_.find(id);
  return found == seals_.end() ? nullptr : &found->second;
}

SecretBytes KeyFiles::derive(std::string_view purpose) const {
  return crypto::derive_key(root_, "casebridge derive " + std::string(purpose), key_size_octets);
}

}  // namespace casebridge::vault
