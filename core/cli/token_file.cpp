// Reads and writes the session file with the owner's permissions only.
#include "core/cli/token_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "core/base/text.hpp"

namespace casebridge::cli {

namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

std::filesystem::path default_token_file() {
  if (const char* base = std::getenv("XDG_CONFIG_HOME"); base && *base)
    return std::filesystem::path(base) / "casebridge" / "session";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home ? home : ".") / ".config" / "casebridge" / "session";
}

Result<void> write_token(const std::filesystem::path& file, const SecretBytes& token) {
  std::error_code failed;
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), failed);
  const std::filesystem::path fresh = file.string() + ".new";
  std::filesystem::remove(fresh, failed);
  {
    Descriptor out(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (out.get() < 0) return trouble(TroubleCode::dependency_failed, "the session file cannot be written");
    const auto bytes = token.bytes();
    if (::write(out.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()))
      return trouble(TroubleCode::dependency_failed, "the session file cannot be written");
  }
  std::filesystem::rename(fresh, file, failed);
  if (failed) return trouble(TroubleCode::dependency_failed, "the session file cannot be replaced");
  return {};
}

Result<SecretBytes> read_token(const std::filesystem::path& file) {
  Descriptor in(::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (in.get() < 0) return trouble(TroubleCode::token_missing, "sign in first");
  struct stat facts {};
  if (::fstat(in.get(), &facts) != 0 || (facts.st_mode & 077) != 0)
    return trouble(TroubleCode::token_missing,
                   "the session file can be read by others; remove it and sign in again");
  std::string token(256, '\0');
  const ssize_t got = ::read(in.get(), token.data(), token.size());
  if (got <= 0) return trouble(TroubleCode::token_missing, "sign in first");
  token.resize(static_cast<std::size_t>(got));
  return SecretBytes::take(token);
}

void forget_token(const std::filesystem::path& file) {
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
}

}  // namespace casebridge::cli
