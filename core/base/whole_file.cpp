// Written under another name, synced, and linked or renamed; then the folder that names it is synced.
#include "core/base/whole_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace casebridge {
namespace {

using std::filesystem::path;

class OwnedFile {
 public:
  OwnedFile(const path& name, int flags, mode_t mode = 0)
      : descriptor_(::open(name.c_str(), flags | O_CLOEXEC, mode)) {}
  ~OwnedFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OwnedFile(const OwnedFile&) = delete;
  OwnedFile& operator=(const OwnedFile&) = delete;
  bool write_all(std::string_view text) const {
    return descriptor_ >= 0 &&
           ::write(descriptor_, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  }
  // Exactly this mode, whatever the umask allows.
  bool has_mode(mode_t mode) const { return descriptor_ >= 0 && ::fchmod(descriptor_, mode) == 0; }
  bool is_synced() const { return descriptor_ >= 0 && ::fsync(descriptor_) == 0; }

 private:
  const int descriptor_;
};

path folder_of(const path& file) { return file.has_parent_path() ? file.parent_path() : path("."); }

Trouble failed(const char* what) { return trouble(TroubleCode::dependency_failed, what); }

bool write_fresh(const path& fresh, std::string_view content, mode_t mode) {
  ::unlink(fresh.c_str());  // of a process of the same number that was killed
  const OwnedFile file(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
  return file.write_all(content) && file.has_mode(mode) && file.is_synced();
}

Result<void> replace(const path& fresh, const path& file) {
  if (::rename(fresh.c_str(), file.c_str()) != 0 || !sync_folder(folder_of(file)))
    return failed("cannot be put in its place");
  return {};
}

// A link is refused where a name exists; a renaming would replace it.
Result<void> add(const path& fresh, const path& file) {
  if (::link(fresh.c_str(), file.c_str()) != 0)
    return failed(errno == EEXIST ? "exists already" : "cannot be put in its place");
  ::unlink(fresh.c_str());
  if (sync_folder(folder_of(file))) return {};
  ::unlink(file.c_str());
  return failed("cannot be put in its place");
}

}  // namespace

bool sync_folder(const path& folder) { return OwnedFile(folder, O_RDONLY | O_DIRECTORY).is_synced(); }

Result<void> put_whole_file(const path& file, std::string_view content, mode_t mode, Landing landing) {
  const path fresh = file.string() + "." + std::to_string(::getpid()) + ".new";
  const bool written = write_fresh(fresh, content, mode);
  auto landed = !written                       ? failed("cannot be written")
                : landing == Landing::replaces ? replace(fresh, file)
                                               : add(fresh, file);
  if (!landed) ::unlink(fresh.c_str());
  return landed;
}

}  // namespace casebridge
