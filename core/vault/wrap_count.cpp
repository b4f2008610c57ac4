// A grant that passes the limit is cut to what is left of it.
#include "core/vault/wrap_count.hpp"

#include <algorithm>

namespace casebridge::vault {

Result<void> WrapCount::take() {
  if (!granted_) {
    if (total_ >= limits_.refuse_from)
      return trouble(TroubleCode::dependency_failed, "a key has wrapped as often as it may");
    ++total_;
    return {};
  }
  if (left_ > 0) {
    --left_;
    return {};
  }
  if (total_ >= limits_.refuse_from)
    return trouble(TroubleCode::dependency_failed, "a key has wrapped as often as it may");
  return trouble(TroubleCode::overloaded, "a key waits for its next count");
}

void WrapCount::grant(std::uint64_t total, std::uint64_t more) {
  const std::uint64_t before = total - std::min(more, total);
  const std::uint64_t room = before < limits_.refuse_from ? limits_.refuse_from - before : 0;
  left_ += std::min(more, room);
  total_ = std::max(total_, total);
  granted_ = true;
}

}  // namespace casebridge::vault
