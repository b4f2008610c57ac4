// A small state machine over the record types 1, 5, 6, 7, 8, 9 and the padding.
#include "plugins/georgia_batch/bank_file.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

#include "core/base/text.hpp"
#include "plugins/georgia_batch/wire_values.hpp"

namespace casebridge::georgia_batch {
namespace {

using sdk::Done;

constexpr std::size_t record_octets = 94;
constexpr std::int64_t block_records = 10;
constexpr std::size_t odfi_digits = 8;
constexpr std::int64_t hash_modulus = 10'000'000'000;

// Positions as the standard counts them, from 1, both ends included; a record has all its octets.
std::string_view at(std::string_view record, std::size_t from, std::size_t to) {
  return {record.data() + from - 1, to - from + 1};
}

struct Totals {
  std::int64_t count = 0, hash = 0, debits = 0, credits = 0;
  void add(const Totals& other) {
    count += other.count;
    hash += other.hash;
    debits += other.debits;
    credits += other.credits;
  }
};

// Eight octets at a time; the last eight may be looked at twice.
bool is_printable(std::string_view record) {
  constexpr std::uint64_t each = 0x0101010101010101, high = 0x80 * each;
  std::uint64_t wrong = 0;
  for (std::size_t i = 0; i < record.size(); i += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, record.data() + std::min(i, record.size() - 8), 8);
    const std::uint64_t below_blank = ~((eight | high) - ' ' * each);
    wrong |= (eight | (eight + each) | below_blank) & high;
  }
  return wrong == 0;
}

// Weights 3, 7, 1 (the ninth digit of a routing number).
bool is_check_digit(std::string_view routing, char digit) {
  int sum = 0;
  for (std::size_t i = 0; i < routing.size(); ++i)
    sum += (routing[i] - '0') * (i % 3 == 0 ? 3 : i % 3 == 1 ? 7 : 1);
  return digit - '0' == (10 - sum % 10) % 10;
}

enum class Part { file_header, batch_header, entry, addenda, padding };

class Frame {
 public:
  explicit Frame(BankSink& sink) : sink_(sink) {}

  // The name of what is wrong; empty when all is well.
  std::string_view take(std::string_view record) {
    if (!is_printable(record)) return "octets";
    if (part_ == Part::padding) {
      ++padding_;
      return record.find_first_not_of('9') == std::string_view::npos ? "" : "padding";
    }
    ++records_;
    switch (part_) {
      case Part::file_header: return take_file_header(record);
      case Part::batch_header:
        return record[0] == '9' ? take_file_control(record) : take_batch_header(record);
      case Part::addenda: return take_addenda(record);
      default: return record[0] == '8' ? take_batch_control(record) : take_entry(record);
    }
  }

  std::string_view end() const {
    if (part_ != Part::padding) return "end";
    return padding_ == 0 || records_ + padding_ == blocks_ * block_records ? "" : "padding";
  }
  const BankCounts& counts() const { return counts_; }

 private:
  std::string_view take_file_header(std::string_view record) {
    const bool good = at(record, 1, 3) == "101" && parse_short_day(at(record, 24, 29)) &&
                      text::all_digits(at(record, 30, 33)) && record[33] >= 'A' && record[33] <= 'Z' &&
                      at(record, 35, 40) == "094101";
    part_ = Part::batch_header;
    return good ? "" : "file header";
  }

  std::string_view take_batch_header(std::string_view record) {
    const auto day = parse_short_day(at(record, 70, 75));
    if (at(record, 1, 4) != "5200" || at(record, 51, 53) != "CCD" || !day ||
        !text::all_digits(at(record, 80, 94)))
      return "batch header";
    entry_.effective = *day;
    ending_.assign(at(record, 80, 94));
    batch_ = {};
    ++batches_;
    part_ = Part::entry;
    return "";
  }

  std::string_view take_entry(std::string_view record) {
    const auto code = at(record, 2, 3), routing = at(record, 4, 11), trace = at(record, 80, 94);
    const auto cents = parse_count(at(record, 30, 39)), bank = parse_count(routing);
    const bool prenote = code == "23" || code == "33";
    if (record[0] != '6' || (!prenote && code != "22" && code != "27")) return "entry";
    if (!bank || !is_check_digit(routing, record[11]) || !cents || !text::all_digits(trace) ||
        (prenote && *cents != 0))
      return "entry";
    // The batch is of one bank, and its entries' traces begin with that bank's routing number.
    if (trace.substr(0, odfi_digits) != std::string_view(ending_).substr(0, odfi_digits)) return "trace";
    if (record[78] != '1' && !(prenote && record[78] == '0')) return "addenda flag";
    is_prenote_ = prenote;
    entry_.trace.assign(trace);
    entry_.cents = code == "27" ? -*cents : *cents;
    ++batch_.count;
    batch_.hash += *bank;
    (code == "27" ? batch_.debits : batch_.credits) += *cents;
    ++counts_.entries;
    if (prenote) ++counts_.prenotes;
    part_ = record[78] == '1' ? Part::addenda : Part::entry;
    return "";
  }

  std::string_view take_addenda(std::string_view record) {
    if (at(record, 1, 3) != "705" || at(record, 84, 87) != "0001" ||
        at(record, 88, 94) != std::string_view(entry_.trace).substr(8))
      return "addenda";
    ++batch_.count;
    part_ = Part::entry;
    auto deduction = parse_deduction(at(record, 4, 83));
    if (is_prenote_) return "";
    if (!deduction) return "DED";
    const std::int64_t cents = entry_.cents < 0 ? -entry_.cents : entry_.cents;
    if (deduction->cents != cents || (cents == 0 && !deduction->employment_ended)) return "amount";
    if (!sink_.wants(deduction->case_number)) {
      ++counts_.skipped;
      return "";
    }
    entry_.deduction = std::move(*deduction);
    sink_.take(entry_);
    return "";
  }

  std::string_view take_batch_control(std::string_view record) {
    part_ = Part::batch_header;
    if (at(record, 1, 4) != "8200" || at(record, 80, 94) != ending_) return "batch control";
    if (const auto wrong = compare(record, batch_, 5, 10); !wrong.empty()) return wrong;
    file_.add(batch_);
    return "";
  }

  std::string_view take_file_control(std::string_view record) {
    part_ = Part::padding;
    blocks_ = (records_ + block_records - 1) / block_records;
    if (parse_count(at(record, 2, 7)) != batches_ || parse_count(at(record, 8, 13)) != blocks_)
      return "counts";
    return compare(record, file_, 14, 21);
  }

  // Count, hash and the two sums, one after the other, the count from `from` to `to`.
  static std::string_view compare(std::string_view record, const Totals& counted, std::size_t from,
                                  std::size_t to) {
    if (parse_count(at(record, from, to)) != counted.count) return "counts";
    if (parse_count(at(record, to + 1, to + 10)) != counted.hash % hash_modulus) return "hash";
    if (parse_count(at(record, to + 11, to + 22)) != counted.debits ||
        parse_count(at(record, to + 23, to + 34)) != counted.credits)
      return "totals";
    return "";
  }

  BankSink& sink_;
  Part part_ = Part::file_header;
  Totals batch_, file_;
  std::string ending_;
  BankEntry entry_;
  bool is_prenote_ = false;
  std::int64_t batches_ = 0, records_ = 0, padding_ = 0, blocks_ = 0;
  BankCounts counts_;
};

// Cuts a stream into records: with CR LF after each, or all in one line.
class Cutter {
 public:
  explicit Cutter(Frame& frame) : frame_(frame) {}

  // Records are read where they lie; what is kept of a piece is the beginning of a record that it cuts.
  std::string_view feed(std::string_view piece) {
    while (!buffer_.empty() && !piece.empty()) {
      const std::size_t missing = std::min(piece.size(), next_octets() - buffer_.size());
      buffer_.append(piece.substr(0, missing));
      piece.remove_prefix(missing);
      std::string_view kept = buffer_;
      if (const auto wrong = take_whole(kept); !wrong.empty()) return wrong;
      buffer_.erase(0, buffer_.size() - kept.size());
    }
    if (piece.empty()) return "";
    const auto wrong = take_whole(piece);
    buffer_.assign(piece);
    return wrong;
  }

  std::string_view end() {
    // One line may end like a line.
    if (with_line_ends_ == false && buffer_ == "\r\n") buffer_.clear();
    if (!buffer_.empty()) return "length";
    return frame_.end();
  }

 private:
  std::size_t next_octets() const { return record_octets + (with_line_ends_.value_or(true) ? 2 : 0); }

  // Off the front of `rest`, which is left with less than a record.
  std::string_view take_whole(std::string_view& rest) {
    while (rest.size() >= next_octets()) {
      const bool ended = rest.size() >= record_octets + 2 && rest.substr(record_octets, 2) == "\r\n";
      if (!with_line_ends_) with_line_ends_ = ended;
      if (*with_line_ends_ && !ended) return "length";
      if (const auto wrong = frame_.take(rest.substr(0, record_octets)); !wrong.empty()) return wrong;
      rest.remove_prefix(next_octets());
    }
    return "";
  }

  Frame& frame_;
  std::optional<bool> with_line_ends_;
  std::string buffer_;
};

model::Refusal wrong_bank_file(std::string_view what) { return sdk::drift("ACH/" + std::string(what)); }

}  // namespace

sdk::Answer<BankCounts> read_bank_file(Pieces& source, BankSink& sink) {
  Frame frame(sink);
  Cutter cutter(frame);
  std::string piece;
  for (;;) {
    SDK_TRY([[maybe_unused]] const Done read, source.next(piece));
    if (piece.empty()) break;
    if (const auto wrong = cutter.feed(piece); !wrong.empty()) return wrong_bank_file(wrong);
  }
  if (const auto wrong = cutter.end(); !wrong.empty()) return wrong_bank_file(wrong);
  return frame.counts();
}

}  // namespace casebridge::georgia_batch
