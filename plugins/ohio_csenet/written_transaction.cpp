// Counters are counted, never told.
#include "plugins/ohio_csenet/written_transaction.hpp"

#include <cassert>

namespace casebridge::ohio_csenet {

WrittenBlock& WrittenBlock::put(const Field& field, std::string_view value) {
  assert(field.block == kind_ && value.size() <= field.size());
  octets_.replace(field.offset(), field.size(), field.size(), ' ');
  octets_.replace(field.offset(), value.size(), value);
  return *this;
}

std::string written_text(HeaderFacts header, const WrittenTransaction& transaction) {
  header.function = transaction.function;
  header.action = transaction.action;
  header.reason = transaction.reason;
  for (const WrittenBlock& block : transaction.blocks)
    ++header.counts[static_cast<std::size_t>(block.kind())];
  std::string line = header_text(header);
  for (const WrittenBlock& block : transaction.blocks) line += block.octets();
  return line;
}

}  // namespace casebridge::ohio_csenet
