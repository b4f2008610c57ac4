// Reads key files without following links, and checks the open file rather than its name.
#include "core/vault/key_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

#include "core/base/crypto.hpp"

namespace casebridge::vault {
namespace {

constexpr std::size_t key_size_octets = 32;

class OpenFile {
 public:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int get() const { return descriptor_; }
  bool is_open() const { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

Trouble refused(const std::filesystem::path& path, std::string_view reason) {
  return trouble(TroubleCode::dependency_failed, "key file " + path.string() + " " + std::string(reason));
}

std::string octal(mode_t mode) {
  char text[8];
  std::snprintf(text, sizeof text, "%04o", mode & 07777U);
  return text;
}

Result<void> check_file(const std::filesystem::path& path, const struct stat& found) {
  if (!S_ISREG(found.st_mode)) return refused(path, "is not a regular file");
  if (found.st_uid != ::geteuid()) return refused(path, "is not owned by the user who runs the gateway");
  const mode_t mode = found.st_mode & 07777U;
  if (mode != 0400 && mode != 0600)
    return refused(path, "has mode " + octal(mode) + "; it must be 0400 or 0600");
  if (found.st_size != static_cast<off_t>(key_size_octets)) return refused(path, "does not hold 32 octets");
  return {};
}

Result<SecretBytes> read_key(const std::filesystem::path& path) {
  const OpenFile file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!file.is_open()) return refused(path, "cannot be opened");
  struct stat found {};
  if (::fstat(file.get(), &found) != 0) return refused(path, "cannot be examined");
  CASEBRIDGE_CHECK(check_file(path, found));
  SecretBytes key(key_size_octets);
  if (::read(file.get(), key.bytes().data(), key.size()) != static_cast<ssize_t>(key.size()))
    return refused(path, "cannot be read");
  return key;
}

Result<void> write_key(const std::filesystem::path& path) {
  const OpenFile file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0400));
  if (!file.is_open()) return refused(path, "cannot be made");
  const SecretBytes key = crypto::random_secret(key_size_octets);
  if (::write(file.get(), key.bytes().data(), key.size()) != static_cast<ssize_t>(key.size()) ||
      ::fchmod(file.get(), 0400) != 0 || ::fsync(file.get()) != 0)
    return refused(path, "cannot be written");
  return {};
}

Result<void> check_directory(const std::filesystem::path& path, const struct stat& found) {
  if (found.st_uid != ::geteuid()) return refused(path, "is not owned by the user who runs the gateway");
  // Whoever may write here may replace a key, whatever the key's own mode.
  if ((found.st_mode & 0022U) != 0)
    return refused(path, "has mode " + octal(found.st_mode) + "; group and world must not write there");
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

Result<KeyFiles> KeyFiles::load(const std::filesystem::path& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return refused(path, "does not exist");
  KeyFiles made;
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
  if (failed || made.seals_.empty()) return refused(path, "holds no seal-<number>.key");
  return made;
}

Result<void> KeyFiles::make(const std::filesystem::path& directory) {
  if (::mkdir(directory.c_str(), 0700) != 0) return refused(directory, "exists already or cannot be made");
  CASEBRIDGE_CHECK(write_key(directory / "root.key"));
  return write_key(directory / "seal-0001.key");
}

const SecretBytes* KeyFiles::seal_key(std::string_view id) const {
  const auto found = seals_.find(id);
  return found == seals_.end() ? nullptr : &found->second;
}

SecretBytes KeyFiles::derive(std::string_view purpose) const {
  return crypto::derive_key(root_, "casebridge derive " + std::string(purpose), key_size_octets);
}

}  // namespace casebridge::vault
