// WrapCount: how often a key has wrapped, and when it must stop (NIST SP 800-38D §8.3: 2^32 random IVs).
#pragma once

#include <cstdint>

#include "core/base/result.hpp"

namespace casebridge::vault {

struct WrapLimits {
  std::uint64_t warn_from = std::uint64_t{1} << 30;
  std::uint64_t refuse_from = std::uint64_t{1} << 32;
};

// One thread at a time. Without grants it counts for this process alone. With grants it wraps only what it
// was granted: each grant was written down before, so that a crash loses numbers and never counts too few.
class WrapCount {
 public:
  explicit WrapCount(WrapLimits limits = {}) : limits_(limits) {}
  // One more wrap: overloaded when the grant is used up until the next one comes, dependency_failed when the
  // key must not wrap any more.
  Result<void> take();
  // `total` is what was written down for all gateways, this grant included.
  void grant(std::uint64_t total, std::uint64_t more);
  std::uint64_t left() const { return left_; }
  std::uint64_t total() const { return total_; }
  bool granted() const { return granted_; }
  bool warns() const { return total_ >= limits_.warn_from; }

 private:
  WrapLimits limits_;
  std::uint64_t total_ = 0;
  std::uint64_t left_ = 0;
  bool granted_ = false;
};

}  // namespace casebridge::vault
