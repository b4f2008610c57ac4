// Reads the file, copies it to a memory file, seals that: what is checked is what will be mapped.
#include "core/switchboard/library_image.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>

#include "core/switchboard/refused_plugin.hpp"

namespace casebridge::switchboard {
namespace {

bool write_all(int descriptor, std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

bool read_all(int descriptor, std::span<std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = ::read(descriptor, bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
  return true;
}

}  // namespace

Result<LibraryImage> LibraryImage::read(const std::string& path) {
  const OwnedDescriptor file{::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)};
  if (!file.valid())
    return refused_plugin(errno == ELOOP ? "the library is a symbolic link" : "the library cannot be opened");
  struct stat about {};
  if (::fstat(file.number(), &about) != 0 || !S_ISREG(about.st_mode))
    return refused_plugin("the library is not a regular file");
  if (about.st_size < 0 || static_cast<std::uint64_t>(about.st_size) > library_bytes_max)
    return refused_plugin("the library is too large");
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(about.st_size));
  if (!read_all(file.number(), bytes)) return refused_plugin("the library cannot be read");
  return of(std::move(bytes), path.substr(path.rfind('/') + 1));
}

Result<LibraryImage> LibraryImage::of(std::vector<std::uint8_t> bytes, const std::string& name) {
  LibraryImage image;
  image.bytes_ = std::move(bytes);
  image.sealed_ = OwnedDescriptor{::memfd_create(name.c_str(), MFD_CLOEXEC | MFD_ALLOW_SEALING)};
  if (!image.sealed_.valid() || !write_all(image.sealed_.number(), image.bytes_))
    return refused_plugin("no memory for the library");
  const int seals = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
  if (::fcntl(image.sealed_.number(), F_ADD_SEALS, seals) != 0)
    return refused_plugin("the library cannot be sealed");
  return image;
}

}  // namespace casebridge::switchboard
