// Transaction: one line of CSENet 2000, checked against the layout and cut into its blocks.
#pragma once

#include <array>
#include <cassert>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/known.hpp"
#include "core/model/date.hpp"
#include "core/model/money.hpp"
#include "plugins/ohio_csenet/amount.hpp"
#include "plugins/ohio_csenet/layout.hpp"
#include "plugins/sdk/answer.hpp"

namespace casebridge::ohio_csenet {

// Without the blanks around it.
std::string_view trimmed(std::string_view field);

// One block whose fields all have the forms that the layout gives them, so that reading one cannot fail.
// Fields that held a Social Security number are blank: only that there was one is kept. It lies in the octets
// of its transaction, and is good as long as that one.
class Block {
 public:
  Block(BlockKind kind, const char* octets, AmountSign sign, bool had_ssn)
      : octets_(octets), kind_(kind), sign_(sign), had_ssn_(had_ssn) {}

  BlockKind kind() const { return kind_; }
  // The state sends the number of the person who is signed in, and of nobody else.
  bool had_ssn() const { return had_ssn_; }
  std::string_view octets() const { return {octets_, size_of(kind_)}; }
  std::string_view raw(const Field& field) const {
    assert(field.block == kind_);
    return {octets_ + field.offset(), field.size()};
  }
  std::string_view word(const Field& field) const { return trimmed(raw(field)); }
  std::string text(const Field& field) const { return std::string(word(field)); }
  Known<std::string> maybe_text(const Field& field) const;
  char code(const Field& field) const { return raw(field).front(); }
  Known<model::Date> date(const Field& field) const;
  Known<model::Money> amount(const Field& field) const;

 private:
  const char* octets_;
  BlockKind kind_;
  AmountSign sign_;
  bool had_ssn_;
};

// Copies share their octets, which nobody changes any more.
class Transaction {
 public:
  // The line is decoded, without its end, and lies in `octets`, where the Social Security numbers of a good
  // one become blanks. Drift names block and field, never what they hold.
  static sdk::Answer<Transaction> parse(const std::shared_ptr<std::string>& octets, std::size_t from,
                                        std::size_t size, AmountSign sign);
  // Of a copy of the line.
  static sdk::Answer<Transaction> parse(std::string_view line, AmountSign sign);

  const Block& header() const { return blocks_.front(); }
  std::string_view serial() const { return header().word(header_field("Transaction-Serial-Number")); }
  std::string_view function() const { return header().word(header_field("Functional-Type-Code")); }
  std::string_view action() const { return header().word(header_field("Action-Code")); }
  std::string_view reason() const { return header().word(header_field("Action-Reason")); }
  Known<model::Date> date() const { return header().date(header_field("Transaction-Date")); }
  bool is(std::string_view function, std::string_view action, std::string_view reason) const;

  const Block* first(BlockKind kind) const;  // nullptr when there is none
  std::span<const Block> all(BlockKind kind) const;
  // Line 1 to 5 of the Information block, trailing blanks included; empty without that block.
  std::string_view information(int line) const;

 private:
  std::shared_ptr<const std::string> octets_;
  std::vector<Block> blocks_;  // the header first, then as in the line
  // Where the blocks of each kind begin; those of a kind stand together, in the order of the kinds.
  std::array<std::uint8_t, block_kinds + 1> begins_{};
};

}  // namespace casebridge::ohio_csenet
