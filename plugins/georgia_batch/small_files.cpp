// Both are CSV with a trailer that counts.
#include "plugins/georgia_batch/small_files.hpp"

#include <algorithm>
#include <array>

#include "plugins/georgia_batch/pin_hash.hpp"
#include "plugins/georgia_batch/wire_values.hpp"

namespace casebridge::georgia_batch {
namespace {

using namespace std::string_view_literals;
using sdk::Answer;
using sdk::Done;

constexpr std::array pin_columns{"rec_type"sv, "case_no"sv, "pin_id"sv,  "person_seq"sv,
                                 "pin_hash"sv, "mailed"sv,  "expires"sv, "status"sv};
constexpr std::array ack_columns{"rec_type"sv,     "req_id"sv, "result"sv,   "code"sv,
                                 "confirmation"sv, "text"sv,   "processed"sv};

// Where the trailer has its count, and the run; 0: it names no run.
struct Trailer {
  std::size_t count_at, run_at;
};

bool is_trailer(Row fields, const Trailer& form, const std::string& run, std::int64_t rows) {
  for (std::size_t at = 1; at < fields.size(); ++at) {
    if (at == form.count_at) {
      if (parse_count(fields[at]) != rows) return false;
    } else if (fields[at] != (at == form.run_at ? std::string_view(run) : std::string_view())) {
      return false;
    }
  }
  return true;
}

// `take` answers false for a row that cannot be.
template <class Take>
Answer<Done> read_table(Pieces& source, const std::string& name, Row columns, const Trailer& trailer,
                        const std::string& run, std::string_view row_type, Take&& take) {
  CsvReader csv(columns);
  std::int64_t rows = 0;
  bool ended = false;
  std::string piece, where = "dialect";
  for (;;) {
    SDK_TRY([[maybe_unused]] const Done read, source.next(piece));
    if (piece.empty()) break;
    const bool good = csv.feed(piece, [&](Row fields) {
      where = fields[0];
      if (ended) return false;
      if (fields[0] == "TRL") return ended = is_trailer(fields, trailer, run, rows);
      ++rows;
      return fields[0] == row_type && take(fields);
    });
    if (!good) return sdk::drift(name + "/" + where.substr(0, 8));
    where = "dialect";
  }
  if (!csv.ended_well() || !ended) return sdk::drift(name + "/end");
  return Done{};
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

Answer<Done> read_pins(Pieces& source, const std::string& run,
                       const std::function<void(const PinRow&)>& take) {
  return read_table(source, "PINS", Row(pin_columns), {3, 2}, run, "PIN", [&](Row fields) {
    if (!is_case_number(fields[1]) || fields[2].empty() || fields[3].size() != 2 || !is_day(fields[5]) ||
        !is_day(fields[6]) || !PinHash::parse(fields[4]))
      return false;
    take({fields[1], fields[2], fields[3], fields[4], fields[5], fields[6], fields[7]});
    return true;
  });
}

Answer<Done> read_acknowledgements(Pieces& source, const std::function<void(const AckRow&)>& take) {
  return read_table(source, "ACK", Row(ack_columns), {5, 0}, {}, "ACK", [&](Row fields) {
    if (fields[1].empty() || !is_one_of(fields[2], {"RECEIVED", "ACCEPTED", "REJECTED", "DUPLICATE"}) ||
        fields[3].size() != 3 || !is_moment(fields[6]))
      return false;
    take({fields[1], fields[2], fields[3], fields[4], fields[5], fields[6]});
    return true;
  });
}

}  // namespace casebridge::georgia_batch
