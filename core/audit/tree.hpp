// Tree: the Merkle tree of RFC 6962 §2.1 over leaf hashes, as far as it is needed to add leaves and tell its
// root.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/crypto.hpp"

namespace casebridge::audit {

class Tree {
 public:
  void add(const crypto::Digest& leaf);
  std::uint64_t size() const noexcept { return size_; }
  crypto::Digest root() const;  // of no leaves: the hash of nothing

 private:
  // Roots of the whole subtrees from left to right: one for each bit that is set in the size.
  std::vector<crypto::Digest> whole_;
  std::uint64_t size_ = 0;
};

}  // namespace casebridge::audit
