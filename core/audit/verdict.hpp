// StreamCheck: one stream, compared with itself and with checkpoints that were kept elsewhere.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/audit/chain.hpp"
#include "core/audit/checkpoint.hpp"

namespace casebridge::audit {

// Also the exit codes of `casebridge audit verify`.
enum class Verdict { good = 0, broken = 1, truncated = 2, rewritten = 3, unfit_checkpoint = 4 };

struct Finding {
  Verdict verdict = Verdict::good;
  std::int64_t seq = 0;  // the first that is bad; of a truncated stream the first that is missing
};

class StreamCheck {
 public:
  StreamCheck(std::string stream, std::vector<Checkpoint> outside);
  // False when nothing further can be learnt from later entries.
  bool take(const ports::AuditEntry& entry);
  // What the entries so far come to.
  Finding finding() const;
  const ChainCheck& chain() const noexcept { return chain_; }

 private:
  void compare();

  ChainCheck chain_;
  std::vector<Checkpoint> outside_;
  std::uint64_t rewritten_at_ = 0;  // size of the checkpoint that has another root
  bool rewritten_ = false;
};

}  // namespace casebridge::audit
