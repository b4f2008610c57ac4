// An entry follows when its number is the next one, it names the hash before it, and has the hash it says.
#include "core/audit/chain.hpp"

#include <chrono>
#include <utility>

#include "core/audit/canonical.hpp"

namespace casebridge::audit {
namespace {

// What is told by several gateways, or a little later, may be out of order by as much.
constexpr std::chrono::minutes clock_slack{5};

}  // namespace

ports::AuditEntry link(const std::optional<ports::AuditHead>& head, ports::AuditRecord record) {
  ports::AuditEntry entry;
  entry.record = std::move(record);
  entry.seq = head ? head->seq + 1 : 1;
  entry.prev_hash = head ? head->hash : no_hash();
  entry.hash = crypto::hex(leaf_hash(entry));
  return entry;
}

ChainCheck::ChainCheck(std::string stream) : stream_(std::move(stream)), last_hash_(no_hash()) {}

bool ChainCheck::take(const ports::AuditEntry& entry) {
  if (broken()) return false;
  const auto expected = static_cast<std::int64_t>(tree_.size()) + 1;
  if (entry.seq != expected || entry.record.stream != stream_ || entry.prev_hash != last_hash_) {
    bad_seq_ = expected;
    return false;
  }
  const crypto::Digest hash = leaf_hash(entry);
  std::string text = crypto::hex(hash);
  if (text != entry.hash) {
    bad_seq_ = expected;
    return false;
  }
  if (clock_back_at_ == 0 && entry.record.at + clock_slack < last_at_) clock_back_at_ = expected;
  last_at_ = entry.record.at;
  last_hash_ = std::move(text);
  tree_.add(hash);
  return true;
}

}  // namespace casebridge::audit
