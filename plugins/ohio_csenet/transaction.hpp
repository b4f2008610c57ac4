// Transaction: one line of CSENet 2000, checked against the layout and cut into its blocks.
#pragma once

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

// One block whose fields all have the forms that the layout gives them, so that reading one cannot fail.
// Fields that held a Social Security number are blank: only that there was one is kept.
class Block {
 public:
  Block(BlockKind kind, std::string octets, AmountSign sign, bool had_ssn)
      : kind_(kind), octets_(std::move(octets)), sign_(sign), had_ssn_(had_ssn) {}

  BlockKind kind() const { return kind_; }
  // The state sends the number of the person who is signed in, and of nobody else.
  bool had_ssn() const { return had_ssn_; }
  const std::string& octets() const { return octets_; }
  std::string_view raw(const Field& field) const;
  std::string text(const Field& field) const;  // without the blanks around it
  Known<std::string> maybe_text(const Field& field) const;
  char code(const Field& field) const { return raw(field).front(); }
  Known<model::Date> date(const Field& field) const;
  Known<model::Money> amount(const Field& field) const;

 private:
  BlockKind kind_;
  std::string octets_;
  AmountSign sign_;
  bool had_ssn_;
};

class Transaction {
 public:
  // `line` is decoded and without its end. Drift names block and field, never what they hold.
  static sdk::Answer<Transaction> parse(std::string_view line, AmountSign sign);

  const Block& header() const { return blocks_.front(); }
  std::string serial() const { return header().text(header_field("Transaction-Serial-Number")); }
  std::string function() const { return header().text(header_field("Functional-Type-Code")); }
  std::string action() const { return header().text(header_field("Action-Code")); }
  std::string reason() const { return header().text(header_field("Action-Reason")); }
  Known<model::Date> date() const { return header().date(header_field("Transaction-Date")); }
  bool is(std::string_view function, std::string_view action, std::string_view reason) const;

  const Block* first(BlockKind kind) const;  // nullptr when there is none
  std::vector<const Block*> all(BlockKind kind) const;
  // Line 1 to 5 of the Information block, trailing blanks included; empty without that block.
  std::string_view information(int line) const;

 private:
  std::vector<Block> blocks_;  // the header first, then as in the line
};

}  // namespace casebridge::ohio_csenet
