// Chain: how a record becomes the next entry of its stream, and whether entries follow one another.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/audit/tree.hpp"
#include "core/ports/store_audit.hpp"

namespace casebridge::audit {

// The stream of what happens to accounts.
inline constexpr std::string_view accounts_stream = "accounts";

ports::AuditEntry link(const std::optional<ports::AuditHead>& head, ports::AuditRecord record);

// Walks one stream from its first entry. After a fault it takes nothing more.
class ChainCheck {
 public:
  explicit ChainCheck(std::string stream);
  // False: this entry does not follow; bad_seq() is then where the chain breaks.
  bool take(const ports::AuditEntry& entry);
  bool broken() const noexcept { return bad_seq_ != 0; }
  std::int64_t bad_seq() const noexcept { return bad_seq_; }
  const Tree& tree() const noexcept { return tree_; }
  const std::string& stream() const noexcept { return stream_; }
  // Where the clock first went back by more than gateways may differ; 0: nowhere. That is told, not refused.
  std::int64_t clock_back_at() const noexcept { return clock_back_at_; }

 private:
  const std::string stream_;
  std::string last_hash_;
  Instant last_at_{};
  Tree tree_;
  std::int64_t bad_seq_ = 0;
  std::int64_t clock_back_at_ = 0;
};

}  // namespace casebridge::audit
