// The rows that are kept of a case: those of EXTR as they came, one PIN row for each PIN, one ACH row for
// each bank entry without a payment yet.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "plugins/georgia_batch/bank_file.hpp"
#include "plugins/georgia_batch/csv.hpp"
#include "plugins/georgia_batch/small_files.hpp"

namespace casebridge::georgia_batch {

// A field of a row, empty beyond its end.
inline std::string_view field(const std::vector<std::string>& row, std::size_t at) {
  return at < row.size() ? std::string_view(row[at]) : std::string_view();
}

std::string extract_row(Row fields);
std::string pin_row(const PinRow& pin);
// ACH, case, run, trace, effective day, collection day, cents, application, Y when the employment ended.
std::string bank_row(const BankEntry& entry, const std::string& run);

// Puts the rows of one case together. `earlier` are the rows kept until now: their bank entries stay until a
// payment of the same trace and day takes their place.
class CaseRows {
 public:
  void begin(std::string case_number) { *this = {}, case_number_ = std::move(case_number); }
  const std::string& case_number() const { return case_number_; }
  void take(Row fields);
  std::string finish(std::string_view earlier, const std::vector<std::string>& pins,
                     const std::vector<std::string>& bank);

 private:
  void add_bank_row(const std::vector<std::string>& row);

  std::string case_number_;
  std::string text_;
  std::set<std::pair<std::string, std::string>> payments_;  // trace and posted day
};

}  // namespace casebridge::georgia_batch
