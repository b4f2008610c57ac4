// WrittenTransaction: what a parent asks for, as a line: the header and its blocks in the layout's order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugins/ohio_csenet/request.hpp"
#include "plugins/ohio_csenet/transaction.hpp"

namespace casebridge::ohio_csenet {

class WrittenBlock {
 public:
  explicit WrittenBlock(BlockKind kind) : kind_(kind), octets_(size_of(kind), ' ') {}
  // As the state wrote it, without the Social Security number, which nobody keeps.
  explicit WrittenBlock(const Block& block) : kind_(block.kind()), octets_(block.octets()) {}

  // `value` fits the field and has its form: plain letters, or digits.
  WrittenBlock& put(const Field& field, std::string_view value);
  WrittenBlock& copy(const Field& field, const Block& from) { return put(field, from.raw(field)); }

  BlockKind kind() const { return kind_; }
  const std::string& octets() const { return octets_; }

 private:
  BlockKind kind_;
  std::string octets_;
};

struct WrittenTransaction {
  std::string_view function{}, action{}, reason{};
  std::vector<WrittenBlock> blocks{};  // in the layout's order
};

// Without a line end. `header` says who, about what and when; function, action, reason and the counters are
// the transaction's.
std::string written_text(HeaderFacts header, const WrittenTransaction& transaction);

}  // namespace casebridge::ohio_csenet
