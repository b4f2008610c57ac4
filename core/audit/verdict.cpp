// A chain that breaks says more than a checkpoint, so it comes first.
#include "core/audit/verdict.hpp"

#include <utility>

namespace casebridge::audit {

StreamCheck::StreamCheck(std::string stream, std::vector<Checkpoint> outside)
    : chain_(std::move(stream)), outside_(std::move(outside)) {
  compare();
}

void StreamCheck::compare() {
  for (const Checkpoint& one : outside_) {
    if (rewritten_ || one.size != chain_.tree().size() || one.root == chain_.tree().root()) continue;
    rewritten_ = true;
    rewritten_at_ = one.size;
  }
}

bool StreamCheck::take(const ports::AuditEntry& entry) {
  if (!chain_.take(entry)) return false;
  compare();
  return true;
}

Finding StreamCheck::finding() const {
  if (chain_.broken()) return {Verdict::broken, chain_.bad_seq()};
  if (rewritten_) return {Verdict::rewritten, static_cast<std::int64_t>(rewritten_at_)};
  for (const Checkpoint& one : outside_)
    if (one.size > chain_.tree().size())
      return {Verdict::truncated, static_cast<std::int64_t>(chain_.tree().size()) + 1};
  return {};
}

}  // namespace casebridge::audit
