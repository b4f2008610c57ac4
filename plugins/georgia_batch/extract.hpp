// The EXTR file: every case of the state, read once from begin to end in the memory of one record.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "plugins/georgia_batch/csv.hpp"
#include "plugins/georgia_batch/pieces.hpp"

namespace casebridge::georgia_batch {

inline constexpr std::size_t extract_columns = 20;

// Takes what is wanted of a file. Everything of a file that turns out wrong further on must be thrown away.
class ExtractSink {
 public:
  virtual ~ExtractSink() = default;
  // Once for each case, in ascending order; false: its records are checked and counted, and not taken.
  virtual bool wants(std::string_view case_number) = 0;
  // The records of a wanted case, CAS first, each with twenty fields. A restricted case has that one only.
  virtual sdk::Answer<sdk::Done> take(Row fields) = 0;
  // After the last record of a wanted case.
  virtual sdk::Answer<sdk::Done> end_case() = 0;
};

struct ExtractFacts {
  std::string run;           // 20260317-01
  std::string data_through;  // YYYY-MM-DD
};
struct ExtractCounts {
  std::int64_t records = 0;
  std::int64_t cases = 0;
  std::int64_t payments = 0;
  std::int64_t unknown_records = 0;  // of types that nobody knows
};

// Refusals: schema_drift, detail as `EXTR/TRL`, for whatever does not follow the interface; those of the
// source and of the sink pass through.
sdk::Answer<ExtractCounts> read_extract(Pieces& source, const ExtractFacts& expected, ExtractSink& sink);

}  // namespace casebridge::georgia_batch
