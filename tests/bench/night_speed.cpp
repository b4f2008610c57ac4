// bench_night: writes the extract of a Georgia night, reads one in one pass, and times the bank file's
// reader.
//   write FILE CASES PAYMENTS / read FILE / bank ROUNDS; the last two print one JSON object
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "plugins/georgia_batch/bank_file.hpp"
#include "plugins/georgia_batch/extract.hpp"

namespace {

using namespace casebridge;
using namespace casebridge::georgia_batch;
using SteadyClock = std::chrono::steady_clock;

constexpr const char* run_id = "20260317-01";
constexpr const char* data_through = "2026-03-16";
constexpr std::int64_t first_case = 700'000'001;

double seconds_since(SteadyClock::time_point began) {
  return std::chrono::duration<double>(SteadyClock::now() - began).count();
}

std::string money(std::int64_t cents) {
  const std::string digits = std::to_string(cents % 100 + 100);
  return std::to_string(cents / 100) + '.' + digits.substr(1);
}

// A record with the twenty fields that every one has.
void put(std::ofstream& out, std::string fields) {
  std::size_t commas = 0;
  for (const char c : fields) commas += c == ',' ? 1 : 0;
  fields.append(extract_columns - 1 - commas, ',');
  out << fields << "\r\n";
}

int write_night(const char* path, std::int64_t cases, std::int64_t payments) {
  std::ofstream out(path, std::ios::binary);
  out << "\xEF\xBB\xBFrec_type,case_no,f03,f04,f05,f06,f07,f08,f09,f10,f11,f12,f13,f14,f15,f16,f17,f18,f19,"
         "f20\r\n";
  put(out, std::string("HDR,,") + run_id + ",2026-03-17T06:00:00Z," + data_through + ",GA1,FULL");
  std::int64_t records = 2, paid = 0, owed = 0, hash = 0, written = 0;
  for (std::int64_t i = 0; i < cases; ++i) {
    const std::string number = std::to_string(first_case + i);
    hash = (hash + first_case + i) % 10'000'000'000;
    put(out, "CAS," + number + ",never_assistance,open,2015-06-01,,,1312100,collection");
    const std::int64_t arrears = 100'000 + i % 900'000;
    owed += arrears;
    put(out, "BAL," + number + ",arrears_family," + money(arrears) + ",family,,," + data_through + ",N");
    records += 2;
    for (; written < payments * (i + 1) / cases; ++written, ++records) {
      const std::int64_t cents = 20'000 + written % 30'000;
      paid += cents;
      put(out, "PAY," + number + ",P" + std::to_string(written) + ',' + money(cents) +
                   ",2026-02-27,2026-03-02,income_withholding,applied");
    }
  }
  const std::string digits = std::to_string(hash);
  put(out, std::string("TRL,,") + run_id + ',' + std::to_string(records) + ',' + std::to_string(cases) + ',' +
               std::to_string(payments) + ',' + money(owed) + ',' + money(paid) + ',' +
               std::string(10 - digits.size(), '0') + digits);
  return out.flush() ? 0 : 74;
}

class StreamPieces final : public Pieces {
 public:
  explicit StreamPieces(const char* path) : in_(path, std::ios::binary) {}
  sdk::Answer<sdk::Done> next(std::string& piece) override {
    piece.resize(64 * 1024);
    in_.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    piece.resize(static_cast<std::size_t>(in_.gcount()));
    return sdk::Done{};
  }

 private:
  std::ifstream in_;
};

// One case of a thousand belongs to somebody who is linked.
class LinkedCases final : public ExtractSink {
 public:
  bool wants(std::string_view number) override { return number.ends_with("777"); }
  sdk::Answer<sdk::Done> take(Row fields) override {
    for (const std::string_view field : fields) octets += field.size();
    return sdk::Done{};
  }
  sdk::Answer<sdk::Done> end_case() override { return sdk::Done{}; }
  std::size_t octets = 0;
};

int read_night(const char* path) {
  StreamPieces file(path);
  CountedPieces counted(file);
  LinkedCases sink;
  const auto began = SteadyClock::now();
  const auto counts = read_extract(counted, {run_id, data_through}, sink);
  const std::string digest = counted.sha256();
  const double took = seconds_since(began);
  if (!counts) throw std::runtime_error("refused: " + counts.refusal().detail);
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  std::printf(
      "{\"records\":%lld,\"cases\":%lld,\"payments\":%lld,\"seconds\":%.4f,\"peak_mib\":%.2f,\"taken\":%zu,"
      "\"sha256\":\"%s\"}\n",
      static_cast<long long>(counts->records), static_cast<long long>(counts->cases),
      static_cast<long long>(counts->payments), took, static_cast<double>(used.ru_maxrss) / 1024, sink.octets,
      digest.c_str());
  return 0;
}

std::string wide(std::string text, std::size_t size) {
  text.resize(size, ' ');
  return text;
}

std::string digits(std::int64_t number, std::size_t width) {
  const std::string text = std::to_string(number);
  return std::string(width - text.size(), '0') + text;
}

// One batch of so many entries, each with its addenda.
std::string bank_file(std::int64_t entries) {
  std::vector<std::string> lines{
      wide("101 990020022 9900100162603160530A094101GA TEST SDU BANK       TEST EMPLOYER BANK", 94),
      "5200" + wide("RED CLAY TEST MO", 36) + "1990010010CCDCHILDSUPP 260316260316   1990010010000001"};
  std::int64_t credits = 0;
  for (std::int64_t i = 0; i < entries; ++i) {
    const std::string trace = "99001001" + digits(i + 1, 7);
    const std::int64_t cents = 20'000 + i % 30'000;
    credits += cents;
    lines.push_back("622990020022" + wide("GASDU0001", 17) + digits(cents, 10) + wide("E000000443", 15) +
                    wide("GA FAMILY SUPP REG", 22) + "  1" + trace);
    lines.push_back("705" +
                    wide("DED*CS*" + std::to_string(first_case + i) + "*260313*" + std::to_string(cents) +
                             "*900447743*N*ABERNATLEO*1300000\\",
                         80) +
                    "0001" + trace.substr(8));
  }
  const std::string totals =
      digits(entries * 99'002'002 % 10'000'000'000, 10) + digits(0, 12) + digits(credits, 12);
  lines.push_back(wide("8200" + digits(entries * 2, 6) + totals + "9900100100", 79) + "990010010000001");
  const auto blocks = static_cast<std::int64_t>(lines.size() + 1 + 9) / 10;
  lines.push_back(wide("9000001" + digits(blocks, 6) + digits(entries * 2, 8) + totals, 94));
  while (lines.size() % 10 != 0) lines.emplace_back(94, '9');
  std::string text;
  for (const std::string& line : lines) text += line + "\r\n";
  return text;
}

class EveryEntry final : public BankSink {
 public:
  bool wants(std::string_view) override { return true; }
  void take(const BankEntry& entry) override { cents += entry.cents; }
  std::int64_t cents = 0;
};

// Copies every field of the layout into a string and checks nothing. First position of each field, from 1.
using Layout = std::vector<std::size_t>;
const Layout& layout_of(char type) {
  static const Layout file_header{1, 2, 4, 14, 24, 30, 34, 35, 38, 40, 41, 64, 87, 95};
  static const Layout batch_header{1, 2, 5, 21, 41, 51, 54, 64, 70, 76, 79, 80, 88, 95};
  static const Layout entry{1, 2, 4, 12, 13, 30, 40, 55, 77, 79, 80, 95};
  static const Layout addenda{1, 2, 4, 84, 88, 95};
  static const Layout batch_control{1, 2, 5, 11, 21, 33, 45, 55, 74, 80, 88, 95};
  static const Layout file_control{1, 2, 8, 14, 22, 32, 44, 56, 95};
  switch (type) {
    case '1': return file_header;
    case '5': return batch_header;
    case '6': return entry;
    case '7': return addenda;
    case '8': return batch_control;
    default: return file_control;
  }
}

void slice_segment(std::string_view segment, std::vector<std::string>& fields) {
  segment = segment.substr(0, segment.find('\\'));
  for (std::size_t star; (star = segment.find('*')) != std::string_view::npos;) {
    fields.emplace_back(segment.substr(0, star));
    segment.remove_prefix(star + 1);
  }
  fields.emplace_back(segment);
}

std::size_t slice(std::string_view text) {
  std::size_t octets = 0;
  std::vector<std::string> fields;
  for (; text.size() >= 96; text.remove_prefix(96)) {
    const Layout& layout = layout_of(text[0]);
    fields.clear();
    for (std::size_t i = 0; i + 1 < layout.size(); ++i)
      fields.emplace_back(text.substr(layout[i] - 1, layout[i + 1] - layout[i]));
    if (text[0] == '7') slice_segment(text.substr(3, 80), fields);
    for (const std::string& field : fields) octets += field.size();
  }
  return octets;
}

int time_bank_file(int rounds) {
  const std::string text = bank_file(100'000);
  std::vector<double> ours, bare;
  for (int round = 0; round < rounds; ++round) {
    TextPieces pieces(text);
    EveryEntry sink;
    auto began = SteadyClock::now();
    const auto counts = read_bank_file(pieces, sink);
    ours.push_back(seconds_since(began) * 1e6);
    if (!counts || counts->entries != 100'000 || sink.cents == 0)
      throw std::runtime_error("the bank file is refused");
    began = SteadyClock::now();
    if (slice(text) == 0) throw std::runtime_error("nothing was read");
    bare.push_back(seconds_since(began) * 1e6);
  }
  for (const auto* list : {&ours, &bare}) {
    std::printf(list == &ours ? "{\"reader_us\":[" : "],\"bare_us\":[");
    for (std::size_t i = 0; i < list->size(); ++i) std::printf("%s%.1f", i == 0 ? "" : ",", (*list)[i]);
  }
  std::printf("]}\n");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::string what = argc > 1 ? argv[1] : "";
    if (what == "write" && argc == 5) return write_night(argv[2], std::atoll(argv[3]), std::atoll(argv[4]));
    if (what == "read" && argc == 3) return read_night(argv[2]);
    if (what == "bank" && argc == 3) return time_bank_file(std::atoi(argv[2]));
    return 64;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_night: %s\n", error.what());
    return 70;
  }
}
