// Two subtrees of one size become one of twice the size, as a counter carries.
#include "core/audit/tree.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace casebridge::audit {
namespace {

crypto::Digest node_hash(const crypto::Digest& left, const crypto::Digest& right) {
  std::array<std::uint8_t, 1 + 2 * std::tuple_size_v<crypto::Digest>> octets{};
  octets[0] = 1;
  std::copy(left.begin(), left.end(), octets.begin() + 1);
  std::copy(right.begin(), right.end(), octets.begin() + 1 + left.size());
  return crypto::sha256({reinterpret_cast<const char*>(octets.data()), octets.size()});
}

}  // namespace

void Tree::add(const crypto::Digest& leaf) {
  crypto::Digest carried = leaf;
  for (std::uint64_t rest = size_; (rest & 1U) != 0; rest >>= 1U) {
    carried = node_hash(whole_.back(), carried);
    whole_.pop_back();
  }
  whole_.push_back(carried);
  ++size_;
}

crypto::Digest Tree::root() const {
  if (whole_.empty()) return crypto::sha256({});
  crypto::Digest root = whole_.back();
  for (std::size_t i = whole_.size() - 1; i > 0; --i) root = node_hash(whole_[i - 1], root);
  return root;
}

}  // namespace casebridge::audit
