// Files by openat2 below an open folder (openat2(2), RESOLVE_BENEATH): no link and no ".." is ever followed.
#include "core/switchboard/landing_folders.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <memory>

#include "core/base/crypto.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"

namespace casebridge::switchboard {
namespace {

constexpr std::size_t listed_files_max = 10'000;
constexpr std::size_t written_bytes_max = 16 * 1024 * 1024;
constexpr std::string_view unfinished = ".tmp";
constexpr std::size_t part_mark_size = 16;
constexpr std::time_t part_age_max_s = 3600;

OwnedDescriptor open_folder(const std::string& path) {
  return OwnedDescriptor{::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
}

OwnedDescriptor open_below(int folder, const std::string& name, int flags, mode_t mode) {
  open_how how{};
  how.flags = static_cast<decltype(how.flags)>(flags | O_CLOEXEC | O_NOFOLLOW);
  how.mode = mode;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  const long opened = ::syscall(SYS_openat2, folder, name.c_str(), &how, sizeof how);
  if (opened >= 0) return OwnedDescriptor{static_cast<int>(opened)};
  if (errno != ENOSYS && errno != EPERM) return {};
  // Kernels and sandboxes without openat2: a name without '/' cannot leave the folder either.
  return OwnedDescriptor{::openat(folder, name.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, mode)};
}

bool write_all(int file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// As `write` below names what is not whole yet: a file's name, sixteen characters, the ending.
bool is_part_name(std::string_view name) {
  const std::size_t tail = 1 + part_mark_size + unfinished.size();
  return name.size() > tail && is_landing_name(name) && name.ends_with(unfinished) &&
         name[name.size() - tail] == '.';
}

// Parts that a crash left behind, of whatever file: the next one has another name, and a part may hold what
// somebody typed. Nobody reads such names. A young one may be another writer's.
void sweep_parts(int folder) {
  DIR* opened = ::fdopendir(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened == nullptr) return;
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(opened, ::closedir);
  const std::time_t oldest = std::time(nullptr) - part_age_max_s;
  while (const dirent* one = ::readdir(directory.get())) {
    const std::string_view name = one->d_name;
    struct stat about {};
    if (is_part_name(name) && ::fstatat(folder, one->d_name, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
        about.st_mtim.tv_sec < oldest)
      ::unlinkat(folder, one->d_name, 0);
  }
}

// The whole file appears under its name at once, and never in place of another.
std::int32_t give_name(int folder, const std::string& part, const std::string& whole) {
  if (::renameat2(folder, part.c_str(), folder, whole.c_str(), RENAME_NOREPLACE) == 0)
    return CASEBRIDGE_FILES_OK;
  // Some network file systems know no such rename; a second name cannot replace a file either.
  if (errno == EINVAL || errno == ENOSYS) {
    if (::linkat(folder, part.c_str(), folder, whole.c_str(), 0) == 0) {
      ::unlinkat(folder, part.c_str(), 0);
      return CASEBRIDGE_FILES_OK;
    }
  }
  return errno == EEXIST ? CASEBRIDGE_FILES_EXISTS : CASEBRIDGE_FILES_FAILED;
}

}  // namespace

bool is_landing_name(std::string_view name) {
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  return !name.empty() && name.size() <= 128 && plain(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return plain(c) || c == '.' || c == '_' || c == '-'; });
}

std::int32_t LandingFolders::list(std::vector<Entry>& entries) const {
  OwnedDescriptor folder = open_folder(rules_.inbound);
  if (!folder.valid()) return CASEBRIDGE_FILES_FAILED;
  DIR* opened = ::fdopendir(folder.number());
  if (opened == nullptr) return CASEBRIDGE_FILES_FAILED;
  folder.release();  // closedir closes it
  const std::unique_ptr<DIR, int (*)(DIR*)> directory{opened, &::closedir};
  entries.clear();
  for (;;) {
    errno = 0;
    const dirent* one = ::readdir(directory.get());
    if (one == nullptr) break;
    struct stat about {};
    if (!is_landing_name(one->d_name) ||
        ::fstatat(::dirfd(directory.get()), one->d_name, &about, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(about.st_mode))
      continue;
    if (entries.size() == listed_files_max) return CASEBRIDGE_FILES_TOO_LARGE;
    entries.push_back({one->d_name, static_cast<std::uint64_t>(about.st_size),
                       Instant{std::chrono::seconds{about.st_mtim.tv_sec}}});
  }
  if (errno != 0) return CASEBRIDGE_FILES_FAILED;
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return CASEBRIDGE_FILES_OK;
}

std::int32_t LandingFolders::open(std::string_view name, OpenFile& file) const {
  if (!is_landing_name(name)) return CASEBRIDGE_FILES_NOT_ALLOWED;
  const OwnedDescriptor folder = open_folder(rules_.inbound);
  if (!folder.valid()) return CASEBRIDGE_FILES_FAILED;
  // Not blocking: a pipe of that name must not hold the call; it is refused as no regular file.
  OwnedDescriptor opened = open_below(folder.number(), std::string(name), O_RDONLY | O_NONBLOCK, 0);
  if (!opened.valid()) {
    const bool missing = errno == ENOENT || errno == ELOOP || errno == EXDEV;
    return missing ? CASEBRIDGE_FILES_NOT_FOUND : CASEBRIDGE_FILES_FAILED;
  }
  struct stat about {};
  if (::fstat(opened.number(), &about) != 0) return CASEBRIDGE_FILES_FAILED;
  if (!S_ISREG(about.st_mode)) return CASEBRIDGE_FILES_NOT_FOUND;
  if (static_cast<std::uint64_t>(about.st_size) > rules_.file_bytes_max) return CASEBRIDGE_FILES_TOO_LARGE;
  file = {std::move(opened), static_cast<std::uint64_t>(about.st_size)};
  return CASEBRIDGE_FILES_OK;
}

std::int32_t LandingFolders::write(std::string_view name, std::string_view content) {
  if (!is_landing_name(name) || name.ends_with(unfinished) || content.size() > written_bytes_max)
    return CASEBRIDGE_FILES_NOT_ALLOWED;
  const std::scoped_lock lock(writing_);
  const OwnedDescriptor folder = open_folder(rules_.outbound);
  if (!folder.valid()) return CASEBRIDGE_FILES_FAILED;
  const std::string whole(name);
  sweep_parts(folder.number());
  // A name of its own for each writer: another gateway may be writing the same file at this moment.
  const std::string part =
      whole + '.' + crypto::random_token().substr(0, part_mark_size) + std::string(unfinished);
  const OwnedDescriptor file = open_below(folder.number(), part, O_WRONLY | O_CREAT | O_EXCL, 0640);
  if (!file.valid()) return CASEBRIDGE_FILES_FAILED;
  const bool written = write_all(file.number(), content) && ::fsync(file.number()) == 0;
  const std::int32_t code =
      written ? give_name(folder.number(), part, whole) : std::int32_t{CASEBRIDGE_FILES_FAILED};
  if (code != CASEBRIDGE_FILES_OK) {
    ::unlinkat(folder.number(), part.c_str(), 0);
    return code;
  }
  return ::fsync(folder.number()) == 0 ? CASEBRIDGE_FILES_OK : CASEBRIDGE_FILES_FAILED;
}

}  // namespace casebridge::switchboard
