// The ACH file: NACHA records of 94 octets with one addenda for each entry, read as a stream; counts, hash
// totals and sums must agree.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "plugins/georgia_batch/deduction.hpp"
#include "plugins/georgia_batch/pieces.hpp"

namespace casebridge::georgia_batch {

struct BankEntry {
  std::string trace{};      // fifteen digits
  std::string effective{};  // YYYY-MM-DD
  std::int64_t cents = 0;   // negative for a return or reversal
  Deduction deduction{};
};

class BankSink {
 public:
  virtual ~BankSink() = default;
  virtual bool wants(std::string_view case_number) = 0;
  virtual void take(const BankEntry& entry) = 0;
};

struct BankCounts {
  std::int64_t entries = 0;
  std::int64_t skipped = 0;   // of cases that nobody wants
  std::int64_t prenotes = 0;  // no money
};

// Refusals: schema_drift, detail as `ACH/hash`; those of the source pass through. Nothing that the sink took
// may be used then.
sdk::Answer<BankCounts> read_bank_file(Pieces& source, BankSink& sink);

}  // namespace casebridge::georgia_batch
