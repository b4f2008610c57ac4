// Addresses, refusals of the state, and the continuation of long answers.
#include "plugins/ohio_csenet/case_file.hpp"

#include "core/base/text.hpp"
#include "plugins/ohio_csenet/request.hpp"

namespace casebridge::ohio_csenet {
namespace {

using model::Outcome;
using model::Refusal;
using sdk::Answer;

constexpr std::size_t answer_lines_max = 12;

// State, county and sub-office, which stand side by side.
std::string_view side(const Block& header, const Field& state, const Field& sub) {
  return header.octets().substr(state.offset(), sub.last - state.offset());
}
std::string_view local_side(const Block& header) {
  return side(header, header_field("Local-FIPS-State"), header_field("Local-FIPS-Sub"));
}
std::string_view other_side(const Block& header) {
  return side(header, header_field("Other-FIPS-State"), header_field("Other-FIPS-Sub"));
}

std::optional<Refusal> wrong_sides(const Transaction& transaction, const Expected& expected) {
  if (!local_side(transaction.header()).starts_with("39")) return sdk::drift("header/Local-FIPS-State");
  if (other_side(transaction.header()) != expected.gateway_locator)
    return sdk::drift("header/Other-FIPS-State");
  return std::nullopt;
}

// MSC P REJCT names the request by its serial number.
std::optional<Refusal> rejection(const std::vector<Transaction>& lines, const Expected& expected) {
  if (lines.size() != 1 || !lines.front().is("MSC", "P", "REJCT")) return std::nullopt;
  if (auto wrong = wrong_sides(lines.front(), expected)) return wrong;
  const std::string_view text = lines.front().information(1);
  if (!text.starts_with(expected.serial)) return sdk::drift("information/REJCT");
  return sdk::refuse(Outcome::not_found, "case_unknown");
}

std::optional<Refusal> repeated_serial(const std::vector<Transaction>& lines) {
  // There are a dozen at most.
  for (auto line = lines.begin(); line != lines.end(); ++line)
    for (auto earlier = lines.begin(); earlier != line; ++earlier)
      if (earlier->serial() == line->serial()) return sdk::drift("header/Transaction-Serial-Number");
  return std::nullopt;
}

// CONT nn/mm COLL tttttt
struct Continuation {
  std::int64_t line = 0, lines = 0, collections = 0;
};
std::optional<Continuation> continuation_of(std::string_view text) {
  if (text.size() < 22 || !text.starts_with("CONT ") || text[7] != '/' || text.substr(10, 6) != " COLL ")
    return std::nullopt;
  const auto line = text.substr(5, 2), lines = text.substr(8, 2), collections = text.substr(16, 6);
  if (!text::all_digits(line) || !text::all_digits(lines) || !text::all_digits(collections))
    return std::nullopt;
  return Continuation{*text::parse_int(line), *text::parse_int(lines), *text::parse_int(collections)};
}

std::size_t collections_in(const std::vector<Transaction>& lines) {
  std::size_t sum = 0;
  for (const Transaction& line : lines) sum += line.all(BlockKind::collection).size();
  return sum;
}

std::optional<Refusal> broken_continuation(const std::vector<Transaction>& lines) {
  const std::size_t collections = collections_in(lines);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto told = continuation_of(lines[i].information(5));
    if (!told || told->line != static_cast<std::int64_t>(i) + 1 ||
        told->lines != static_cast<std::int64_t>(lines.size()) ||
        told->collections != static_cast<std::int64_t>(collections))
      return sdk::drift("information/CONT");
  }
  return std::nullopt;
}

std::optional<Refusal> missing_blocks(const std::vector<Transaction>& lines) {
  for (const Transaction& line : lines)
    if (line.first(BlockKind::case_data) == nullptr) return sdk::drift("header/Case-Data-Ind.");
  if (lines.front().first(BlockKind::ncp_id) == nullptr) return sdk::drift("header/NCP-Identification-Ind.");
  return std::nullopt;
}

bool says_yes(char flag) { return flag != 'N' && flag != ' '; }

}  // namespace

std::optional<Refusal> wrong_address(const Transaction& transaction, const Expected& expected) {
  if (auto wrong = wrong_sides(transaction, expected)) return wrong;
  if (case_key_of(transaction.header().word(header_field("Case-ID"))) != expected.case_number)
    return sdk::drift("header/Case-ID");
  return std::nullopt;
}

Answer<CaseFile> CaseFile::open(std::vector<Transaction> lines, const Expected& expected) {
  if (lines.empty() || lines.size() > answer_lines_max) return sdk::drift("lines");
  if (auto refused = rejection(lines, expected)) return std::move(*refused);
  for (const Transaction& line : lines)
    if (auto wrong = wrong_address(line, expected)) return std::move(*wrong);
  CaseFile made;
  made.empty_ = lines.size() == 1 && lines.front().is("CSI", "P", "FUINF");
  if (!made.empty_) {
    for (const Transaction& line : lines)
      if (!line.is("CSI", "P", "FSINF")) return sdk::drift("header/Action-Reason");
    if (auto repeated = repeated_serial(lines)) return std::move(*repeated);
    if (auto broken = broken_continuation(lines)) return std::move(*broken);
    if (auto missing = missing_blocks(lines)) return std::move(*missing);
  }
  made.lines_ = std::move(lines);
  return made;
}

std::size_t CaseFile::collections() const { return collections_in(lines_); }

bool CaseFile::is_guarded() const {
  for (const Transaction& line : lines_) {
    const Block* const block = line.first(BlockKind::case_data);
    const Block* const ncp = line.first(BlockKind::ncp_id);
    if (block != nullptr && says_yes(block->code(case_field("Nondisclosure-Finding")))) return true;
    if (ncp != nullptr && says_yes(ncp->code(ncp_field("Possibly-Dangerous")))) return true;
  }
  return false;
}

std::string CaseFile::case_number() const { return first().header().text(header_field("Case-ID")); }

std::string CaseFile::locator() const { return std::string(local_side(first().header())); }

Answer<Transaction> open_single(std::vector<Transaction> lines, const Expected& expected) {
  if (auto refused = rejection(lines, expected)) return std::move(*refused);
  if (lines.size() != 1) return sdk::drift("lines");
  if (auto wrong = wrong_address(lines.front(), expected)) return std::move(*wrong);
  return std::move(lines.front());
}

Answer<Transaction> open_notice(std::vector<Transaction> lines, std::string_view reason,
                                const Expected& expected) {
  SDK_TRY(Transaction line, open_single(std::move(lines), expected));
  if (!line.is("MSC", "P", reason)) return sdk::drift("header/Action-Reason");
  return line;
}

}  // namespace casebridge::ohio_csenet
