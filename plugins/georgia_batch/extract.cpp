// Each record is held against the form of its type; the trailer against what was counted.
#include "plugins/georgia_batch/extract.hpp"

#include <array>
#include <optional>

#include "plugins/georgia_batch/wire_values.hpp"

namespace casebridge::georgia_batch {
namespace {

using namespace std::string_view_literals;
using sdk::Answer;
using sdk::Done;

constexpr std::array column_names{"rec_type"sv, "case_no"sv, "f03"sv, "f04"sv, "f05"sv, "f06"sv, "f07"sv,
                                  "f08"sv,      "f09"sv,     "f10"sv, "f11"sv, "f12"sv, "f13"sv, "f14"sv,
                                  "f15"sv,      "f16"sv,     "f17"sv, "f18"sv, "f19"sv, "f20"sv};
static_assert(column_names.size() == extract_columns);

constexpr std::int64_t case_hash_modulus = 10'000'000'000;
constexpr std::size_t restricted_field = 9;

// The fields from f03 on: x text, k text that must be there, d day, i moment, a amount, f flag (Y, N, empty);
// D, I and A must be there. Fields after the last are empty.
struct Form {
  std::string_view type, fields;
};
constexpr std::array forms{Form{"PAY", "kAddxxxx"}, Form{"BAL", "kAxdddf"},      Form{"DIS", "kAdxxxxx"},
                           Form{"CAS", "xxddxxxx"}, Form{"PAR", "kxxxxxxf"},     Form{"OBL", "kkxaxaxddx"},
                           Form{"ENF", "kxxddx"},   Form{"ORD", "kxxxxxddddxf"}, Form{"EVT", "kxIixxx"},
                           Form{"CON", "xxxxxx"},   Form{"IGR", "xxxxd"}};

bool follows(char form, std::string_view field) {
  switch (form) {
    case 'x': return true;
    case 'k': return !field.empty();
    case 'd': return field.empty() || is_day(field);
    case 'D': return is_day(field);
    case 'i': return field.empty() || is_moment(field);
    case 'I': return is_moment(field);
    case 'a': return field.empty() || parse_amount(field);
    case 'A': return parse_amount(field).has_value();
    default: return field.empty() || field == "Y" || field == "N";
  }
}

bool follows(const Form& form, Row fields) {
  std::size_t at = 2;
  for (const char one : form.fields)
    if (!follows(one, fields[at++])) return false;
  for (; at < fields.size(); ++at)
    if (!fields[at].empty()) return false;
  return true;
}

class Reading {
 public:
  Reading(const ExtractFacts& expected, ExtractSink& sink) : expected_(expected), sink_(sink) {}

  // False: what is wrong is in `refusal`.
  bool take(Row fields) {
    ++counts_.records;
    if (ended_) return fail("after TRL");
    if (counts_.records == 1) return take_header(fields);
    if (fields[0] == "TRL") return take_trailer(fields);
    for (const Form& form : forms)
      if (form.type == fields[0]) return follows(form, fields) ? take_known(fields) : fail(form.type);
    if (fields[0] == "HDR" || fields[0].empty()) return fail("rec_type");
    ++counts_.unknown_records;
    return true;
  }

  bool has_ended() const { return ended_; }
  const ExtractCounts& counts() const { return counts_; }
  std::optional<model::Refusal> refusal;

 private:
  bool fail(std::string_view where) {
    refusal = sdk::drift("EXTR/" + std::string(where));
    return false;
  }
  bool pass_on(Answer<Done> done) {
    if (done) return true;
    refusal = std::move(done).refusal();
    return false;
  }

  bool take_header(Row fields) {
    const bool good = fields[0] == "HDR" && fields[1].empty() && fields[2] == expected_.run &&
                      is_moment(fields[3]) && fields[4] == expected_.data_through && fields[5] == "GA1" &&
                      fields[6] == "FULL";
    for (std::size_t at = 7; at < fields.size(); ++at)
      if (!fields[at].empty()) return fail("HDR");
    return good || fail("HDR");
  }

  bool take_known(Row fields) {
    if (fields[0] == "CAS") return take_case(fields);
    if (case_.empty() || fields[1] != case_) return fail("case_no");
    if (fields[0] == "PAY") {
      ++counts_.payments;
      if (!count_amount(payments_, fields[3])) return fail("PAY");
    } else if (fields[0] == "BAL" && !count_amount(balances_, fields[3])) {
      return fail("BAL");
    }
    return !wanted_ || restricted_ || pass_on(sink_.take(fields));
  }

  static bool count_amount(std::int64_t& sum, std::string_view field) {
    return !__builtin_add_overflow(sum, *parse_amount(field), &sum);
  }

  bool take_case(Row fields) {
    if (!is_case_number(fields[1]) || fields[1] <= case_) return fail("CAS");
    if (!end_case()) return false;
    case_.assign(fields[1]);
    ++counts_.cases;
    hash_ = (hash_ + *parse_count(fields[1])) % case_hash_modulus;
    restricted_ = !fields[restricted_field].empty();
    wanted_ = sink_.wants(case_);
    return !wanted_ || pass_on(sink_.take(fields));
  }

  bool end_case() { return !wanted_ || pass_on(sink_.end_case()); }

  bool take_trailer(Row fields) {
    if (!end_case()) return false;
    const auto digits = std::to_string(hash_);
    const bool good = fields[1].empty() && fields[2] == expected_.run &&
                      parse_count(fields[3]) == counts_.records && parse_count(fields[4]) == counts_.cases &&
                      parse_count(fields[5]) == counts_.payments && parse_amount(fields[6]) == balances_ &&
                      parse_amount(fields[7]) == payments_ &&
                      fields[8] == std::string(10 - digits.size(), '0') + digits;
    for (std::size_t at = 9; at < fields.size(); ++at)
      if (!fields[at].empty()) return fail("TRL");
    ended_ = true;
    return good || fail("TRL");
  }

  const ExtractFacts& expected_;
  ExtractSink& sink_;
  ExtractCounts counts_;
  std::string case_;
  bool wanted_ = false;
  bool restricted_ = false;
  bool ended_ = false;
  std::int64_t balances_ = 0, payments_ = 0, hash_ = 0;
};

}  // namespace

Answer<ExtractCounts> read_extract(Pieces& source, const ExtractFacts& expected, ExtractSink& sink) {
  CsvReader csv{Row(column_names)};
  Reading reading(expected, sink);
  std::string piece;
  for (;;) {
    SDK_TRY([[maybe_unused]] const Done read, source.next(piece));
    if (piece.empty()) break;
    if (csv.feed(piece, [&](Row fields) { return reading.take(fields); })) continue;
    return reading.refusal ? std::move(*reading.refusal) : sdk::drift("EXTR/dialect");
  }
  if (!csv.ended_well() || !reading.has_ended()) return sdk::drift("EXTR/end");
  return reading.counts();
}

}  // namespace casebridge::georgia_batch
