// The file is put in its place whole: whoever copies it gets the older note or the newer one.
#include "core/audit/checkpoint_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

namespace casebridge::audit {
namespace {

constexpr std::size_t page_entries = 1000;
constexpr int pages_max = 20;  // at once: others wait for their turn

Trouble file_trouble(const std::filesystem::path& file, const char* what) {
  return trouble(TroubleCode::dependency_failed, "checkpoint " + file.string() + " " + what);
}

class OwnedFile {
 public:
  OwnedFile(const std::filesystem::path& path, int flags, mode_t mode = 0)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~OwnedFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OwnedFile(const OwnedFile&) = delete;
  OwnedFile& operator=(const OwnedFile&) = delete;
  bool write_all(const std::string& text) const {
    return descriptor_ >= 0 &&
           ::write(descriptor_, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  }
  bool synced() const { return descriptor_ >= 0 && ::fsync(descriptor_) == 0; }

 private:
  const int descriptor_;
};

}  // namespace

Result<std::string> read_note(const std::filesystem::path& file) {
  std::error_code failed;
  if (!std::filesystem::exists(file, failed) && !failed) return std::string();
  std::ifstream in(file, std::ios::binary);
  std::string note{std::istreambuf_iterator<char>(in), {}};
  if (!in || note.empty()) return file_trouble(file, "cannot be read");
  return note;
}

CheckpointFile::CheckpointFile(ports::Store& store, NoteSigner signer, std::filesystem::path file)
    : store_(store), signer_(std::move(signer)), file_(std::move(file)) {}

Result<void> CheckpointFile::begin() {
  if (check_) return {};
  CASEBRIDGE_TRY(const std::string note, read_note(file_));
  std::vector<Checkpoint> outside;
  if (!note.empty()) {
    auto before = read_checkpoint(note, signer_.key());
    foreign_ = !before;
    if (foreign_) return {};
    signed_size_ = before->size;
    written_ = true;
    outside.push_back(std::move(*before));
  }
  check_ = std::make_unique<StreamCheck>(stream_of(signer_.key().name()), std::move(outside));
  return {};
}

Result<bool> CheckpointFile::read_on() {
  CASEBRIDGE_CHECK(begin());
  if (foreign_) return true;
  std::vector<ports::AuditEntry> page;
  for (int pages = 0; pages < pages_max; ++pages) {
    const auto after = static_cast<std::int64_t>(check_->chain().tree().size());
    CASEBRIDGE_CHECK(store_.glance([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(page, tx.audit().read(check_->chain().stream(), after, static_cast<int>(page_entries)));
      return {};
    }));
    for (const ports::AuditEntry& entry : page)
      if (!check_->take(entry)) return true;
    if (page.size() < page_entries) return true;
  }
  return false;
}

Result<Finding> CheckpointFile::sign() {
  CASEBRIDGE_CHECK(begin());
  if (foreign_) return Finding{Verdict::unfit_checkpoint, 0};
  const Finding found = check_->finding();
  const Tree& tree = check_->chain().tree();
  if (found.verdict != Verdict::good || (written_ && tree.size() == signed_size_)) return found;
  CASEBRIDGE_CHECK(write_file(write_checkpoint({signer_.key().name(), tree.size(), tree.root()}, signer_)));
  signed_size_ = tree.size();
  written_ = true;
  return found;
}

Result<void> CheckpointFile::write_file(const std::string& note) {
  const std::filesystem::path folder = file_.has_parent_path() ? file_.parent_path() : ".";
  const std::filesystem::path fresh = file_.string() + "." + std::to_string(::getpid()) + ".new";
  {
    const OwnedFile file(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0644);
    if (!file.write_all(note) || !file.synced()) return file_trouble(file_, "cannot be written");
  }
  std::error_code failed;
  std::filesystem::rename(fresh, file_, failed);
  if (failed || !OwnedFile(folder, O_RDONLY | O_DIRECTORY).synced())
    return file_trouble(file_, "cannot be put in its place");
  return {};
}

}  // namespace casebridge::audit
