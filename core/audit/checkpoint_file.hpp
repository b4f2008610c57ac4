// CheckpointFile: signs how far a stream has come and keeps that outside of the database.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "core/audit/verdict.hpp"
#include "core/ports/store.hpp"

namespace casebridge::audit {

// How far the log was read and signed.
struct CheckpointState {
  std::uint64_t entries_checked = 0;
  std::uint64_t entries_signed = 0;
  Finding finding{};
};

// One thread at a time, but for state(). Signs only what follows from what it signed before: when the stream
// does not agree with the file that is there, or breaks, the file stays as evidence and nothing more is
// signed until somebody has moved it away; then the log is read and signed from its beginning.
class CheckpointFile {
 public:
  // `signer` is named NAME/STREAM, as the notes' origin.
  CheckpointFile(ports::Store& store, NoteSigner signer, std::filesystem::path file);
  // Reads what is new, a bounded part of it. True: that was all, or all that can be read.
  Result<bool> read_on();
  // Writes the file when what was read is good and there was anything new.
  Result<Finding> sign();
  CheckpointState state() const;  // any thread

 private:
  Result<Finding> sign_on();
  void keep(const Finding& finding);
  Result<void> begin();
  bool is_gone() const;
  Result<void> write_file(const std::string& note);

  ports::Store& store_;
  const NoteSigner signer_;
  const std::filesystem::path file_;
  std::unique_ptr<StreamCheck> check_;  // null: not begun
  bool foreign_ = false;                // the file that is there is not one of ours
  std::uint64_t signed_size_ = 0;
  bool written_ = false;
  mutable std::mutex mutex_;  // guards state_
  CheckpointState state_;
};

// Empty when there is no such file; dependency_failed when it cannot be read.
Result<std::string> read_note(const std::filesystem::path& file);

}  // namespace casebridge::audit
