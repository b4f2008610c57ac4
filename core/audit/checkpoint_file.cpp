// The file is put in its place whole: whoever copies it gets the older note or the newer one.
#include "core/audit/checkpoint_file.hpp"

#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "core/base/whole_file.hpp"

namespace casebridge::audit {
namespace {

constexpr std::size_t page_entries = 1000;
constexpr int pages_max = 20;  // at once: others wait for their turn

Trouble file_trouble(const std::filesystem::path& file, const std::string& what) {
  return trouble(TroubleCode::dependency_failed, "checkpoint " + file.string() + " " + what);
}

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

// Somebody has moved the file away: what it said of the log does not count any more.
bool CheckpointFile::is_gone() const {
  std::error_code failed;
  return written_ && !std::filesystem::exists(file_, failed) && !failed;
}

Result<void> CheckpointFile::begin() {
  if (check_) return {};
  CASEBRIDGE_TRY(const std::string note, read_note(file_));
  foreign_ = false;
  written_ = false;
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
  if (is_gone()) check_.reset();  // not in sign(), which would sign a log of which nothing was read
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
  CASEBRIDGE_TRY(const Finding found, sign_on());
  keep(found);
  return found;
}

CheckpointState CheckpointFile::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

void CheckpointFile::keep(const Finding& finding) {
  const std::lock_guard lock(mutex_);
  state_ = {check_ ? check_->chain().tree().size() : 0, signed_size_, finding};
}

Result<Finding> CheckpointFile::sign_on() {
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
  const auto put = put_whole_file(file_, note, 0644, Landing::replaces);
  if (!put) return file_trouble(file_, put.error().detail);
  return {};
}

}  // namespace casebridge::audit
