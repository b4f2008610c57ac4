// Trailing empty fields are left out.
#include "plugins/georgia_batch/kept_rows.hpp"

namespace casebridge::georgia_batch {
namespace {

constexpr std::size_t posted_at = 5, trace_at = 8;               // of PAY
constexpr std::size_t bank_trace_at = 3, bank_effective_at = 4;  // of ACH

}  // namespace

std::string extract_row(Row fields) {
  while (!fields.empty() && fields.back().empty()) fields = fields.first(fields.size() - 1);
  std::string text;
  write_record(text, fields);
  return text;
}

std::string pin_row(const PinRow& pin) {
  std::string text;
  write_record(text, {"PIN", pin.case_number, pin.id, pin.person, pin.status});
  return text;
}

std::string bank_row(const BankEntry& entry, const std::string& run) {
  std::string text;
  write_record(text, {"ACH", entry.deduction.case_number, run, entry.trace, entry.effective,
                      entry.deduction.collected, std::to_string(entry.cents), entry.deduction.application,
                      entry.deduction.employment_ended ? "Y" : ""});
  return text;
}

void CaseRows::take(Row fields) {
  if (fields[0] == "PAY" && !fields[trace_at].empty())
    payments_.emplace(std::string(fields[trace_at]), std::string(fields[posted_at]));
  text_ += extract_row(fields);
}

void CaseRows::add_bank_row(const std::vector<std::string>& row) {
  // Where the extract has the payment, its record counts; that an employment ended it does not tell.
  const bool known = payments_.contains({row.at(bank_trace_at), row.at(bank_effective_at)});
  if (known && row.back() != "Y") return;
  const std::vector<std::string_view> fields(row.begin(), row.end());
  write_record(text_, Row(fields));
}

std::string CaseRows::finish(std::string_view earlier, const std::vector<std::string>& pins,
                             const std::vector<std::string>& bank) {
  for (const auto& row : read_rows(earlier))
    if (row.at(0) == "ACH") add_bank_row(row);
  for (const std::string& one : bank)
    for (const auto& row : read_rows(one)) add_bank_row(row);
  for (const std::string& one : pins) text_ += one;
  return std::move(text_);
}

}  // namespace casebridge::georgia_batch
