// The order of reading is ACH, PINS, ACK, EXTR: when a case of the extract ends, all else about it is known.
#include "plugins/georgia_batch/night.hpp"

#include <map>
#include <set>

#include "plugins/georgia_batch/bank_file.hpp"
#include "plugins/georgia_batch/extract.hpp"
#include "plugins/georgia_batch/kept_rows.hpp"
#include "plugins/georgia_batch/requests.hpp"
#include "plugins/georgia_batch/small_files.hpp"

namespace casebridge::georgia_batch {
namespace {

using sdk::Answer;
using sdk::Done;

using CaseSet = std::set<std::string, std::less<>>;
using RowsByCase = std::map<std::string, std::vector<std::string>, std::less<>>;

// Entries of wanted cases as rows of a run.
class KeptEntries final : public BankSink {
 public:
  KeptEntries(const CaseSet& cases, std::string run, RowsByCase& rows)
      : cases_(cases), run_(std::move(run)), rows_(rows) {}
  bool wants(std::string_view case_number) override { return cases_.contains(case_number); }
  void take(const BankEntry& entry) override {
    rows_[entry.deduction.case_number].push_back(bank_row(entry, run_));
  }

 private:
  const CaseSet& cases_;
  const std::string run_;
  RowsByCase& rows_;
};

Answer<Done> keep_pins(const sdk::Call& call, const ListedFile* file, const RunId& run, const CaseSet& cases,
                       RowsByCase& rows) {
  if (file == nullptr) return Done{};
  return read_listed(call, *file, [&](Pieces& pieces) {
    return read_pins(pieces, run.text(), [&](const PinRow& pin) {
      if (cases.contains(pin.case_number)) rows[std::string(pin.case_number)].push_back(pin_row(pin));
    });
  });
}

Answer<BankCounts> keep_entries(const sdk::Call& call, const ListedFile* file, const RunId& run,
                                const CaseSet& cases, RowsByCase& rows) {
  BankCounts counts;
  if (file == nullptr) return counts;
  KeptEntries sink(cases, run.text(), rows);
  SDK_TRY([[maybe_unused]] const Done read, read_listed(call, *file, [&](Pieces& pieces) -> Answer<Done> {
            SDK_TRY(counts, read_bank_file(pieces, sink));
            return Done{};
          }));
  return counts;
}

const std::vector<std::string>& rows_of(const RowsByCase& rows, std::string_view case_number) {
  static const std::vector<std::string> none;
  const auto found = rows.find(case_number);
  return found == rows.end() ? none : found->second;
}

// Gives the rows of each wanted case to `keep` when the case is complete.
class KeptCases final : public ExtractSink {
 public:
  using Keep = std::function<Answer<Done>(CaseRows& rows)>;
  KeptCases(const CaseSet& cases, Keep keep) : unseen_(cases), keep_(std::move(keep)) {}

  bool wants(std::string_view case_number) override {
    const auto found = unseen_.find(case_number);
    if (found == unseen_.end()) return false;
    rows_.begin(*found);
    unseen_.erase(found);
    return true;
  }
  Answer<Done> take(Row fields) override {
    rows_.take(fields);
    return Done{};
  }
  Answer<Done> end_case() override { return keep_(rows_); }
  const CaseSet& unseen() const { return unseen_; }

 private:
  CaseSet unseen_;
  const Keep keep_;
  CaseRows rows_;
};

class Loading {
 public:
  Loading(const sdk::Call& call, RunLedger& ledger, const RunManifest& manifest)
      : call_(call), ledger_(ledger), manifest_(manifest), shelf_(call) {}

  Answer<Done> go() {
    SDK_TRY(const auto numbers, shelf_.case_numbers());
    cases_ = CaseSet(numbers.begin(), numbers.end());
    SDK_TRY(const BankCounts entries,
            keep_entries(call_, manifest_.find(FileKind::bank), manifest_.run, cases_, bank_));
    SDK_TRY([[maybe_unused]] const Done pins,
            keep_pins(call_, manifest_.find(FileKind::pins), manifest_.run, cases_, pins_));
    SDK_TRY([[maybe_unused]] const Done acknowledged, read_acks());
    SDK_TRY(const ExtractCounts counts, read_cases());
    SDK_TRY([[maybe_unused]] const Done applied, Requests(call_).apply(acks_));
    ledger_.add(manifest_);
    SDK_TRY([[maybe_unused]] const Done saved, ledger_.save(call_));
    SDK_TRY([[maybe_unused]] const Done repeated, Requests(call_).repeat_unheard(ledger_.newest()->ordinal));
    call_.log(LogLevel::info, sdk::Event::adapter_note,
              {sdk::word("reason", "run_loaded"), sdk::number("count", counts.cases)});
    if (counts.unknown_records > 0)
      call_.log(LogLevel::warn, sdk::Event::record_dropped,
                {sdk::word("reason", "unknown_record"), sdk::number("count", counts.unknown_records)});
    if (entries.skipped > 0)
      call_.log(LogLevel::info, sdk::Event::record_dropped,
                {sdk::word("reason", "case_not_linked"), sdk::number("count", entries.skipped)});
    return Done{};
  }

 private:
  Answer<Done> read_acks() {
    const ListedFile* const file = manifest_.find(FileKind::acknowledgements);
    if (file == nullptr) return Done{};
    return read_listed(call_, *file, [&](Pieces& pieces) {
      return read_acknowledgements(pieces, [&](const AckRow& row) {
        acks_.push_back({std::string(row.request), std::string(row.result), std::string(row.code),
                         std::string(row.confirmation), std::string(row.text), std::string(row.processed)});
      });
    });
  }

  Answer<ExtractCounts> read_cases() {
    KeptCases sink(cases_, [&](CaseRows& rows) { return keep(rows); });
    ExtractCounts counts;
    SDK_TRY([[maybe_unused]] const Done read,
            read_listed(call_, *manifest_.find(FileKind::extract), [&](Pieces& pieces) -> Answer<Done> {
              SDK_TRY(counts, read_extract(pieces, {manifest_.run.text(), manifest_.data_through}, sink));
              return Done{};
            }));
    for (const std::string& number : sink.unseen()) {
      SDK_TRY(const auto index, shelf_.open(number));
      if (!index || index->counting(ledger_.newest()) == nullptr) continue;
      SDK_TRY([[maybe_unused]] const Done put,
              shelf_.put(number, manifest_.run, std::nullopt, ledger_.newest()));
    }
    return counts;
  }

  // Bank entries of a run that this one replaces are left behind with it.
  Answer<Done> keep(CaseRows& rows) {
    SDK_TRY(const auto index, shelf_.open(rows.case_number()));
    // Of a link that was not read yet the first sync gathers all, earlier nights included.
    if (!index || index->counting(ledger_.newest()) == nullptr) return Done{};
    const Generation* const earlier = manifest_.reissue_of
                                          ? index->before(manifest_.run.day(), ledger_.newest())
                                          : index->counting(ledger_.newest());
    std::string kept;
    if (earlier != nullptr) {
      SDK_TRY(kept, shelf_.read(rows.case_number(), *earlier));
    }
    // One case that cannot be read any more keeps no other from its night.
    if (!try_rows(kept)) {
      call_.log(LogLevel::error, sdk::Event::record_dropped, {sdk::word("reason", "kept_unreadable")});
      kept.clear();
    }
    const std::string number = rows.case_number();
    return shelf_.put(number, manifest_.run,
                      rows.finish(kept, rows_of(pins_, number), rows_of(bank_, number)), ledger_.newest());
  }

  const sdk::Call& call_;
  RunLedger& ledger_;
  const RunManifest& manifest_;
  const CaseShelf shelf_;
  CaseSet cases_;
  RowsByCase bank_, pins_;
  std::vector<Acknowledgement> acks_;
};

model::Refusal wrong_file(const ListedFile& file, std::string_view what) {
  return sdk::drift(std::string(name_of(file.kind)).append("/").append(what));
}

// A file that has gone, or is another one by now, tells nothing any more.
bool is_gone(const model::Refusal& refusal) { return refusal.outcome == model::Outcome::schema_drift; }

}  // namespace

Answer<Done> read_counted(Pieces& source, const ListedFile& file,
                          const std::function<Answer<Done>(Pieces&)>& read) {
  CountedPieces counted(source);
  SDK_TRY([[maybe_unused]] const Done content, read(counted));
  if (counted.size() != file.size) return wrong_file(file, "bytes");
  if (counted.lines() != file.lines) return wrong_file(file, "lines");
  if (counted.sha256() != file.sha256) return wrong_file(file, "sha256");
  return Done{};
}

Answer<Done> read_listed(const sdk::Call& call, const ListedFile& file,
                         const std::function<Answer<Done>(Pieces&)>& read) {
  auto opened = call.files().open(file.name);
  if (opened.refused() && opened.refusal().outcome == model::Outcome::not_found)
    return wrong_file(file, "missing");
  SDK_TRY(sdk::InboundFile inbound, std::move(opened));
  if (inbound.size() != file.size) return wrong_file(file, "bytes");
  FilePieces pieces(std::move(inbound));
  return read_counted(pieces, file, read);
}

Answer<Done> load_run(const sdk::Call& call, RunLedger& ledger, const RunManifest& manifest) {
  return Loading(call, ledger, manifest).go();
}

Answer<Done> fetch_case_rows(const sdk::Call& call, const RunLedger& ledger, const std::string& case_number) {
  const LoadedRun* const newest = ledger.newest();
  if (newest == nullptr) return sdk::refuse(model::Outcome::unavailable, "no_run");
  const CaseSet cases{case_number};
  RowsByCase bank, pins;
  for (const LoadedRun& run : ledger.loaded()) {
    if (run.replaced) continue;
    // Nothing of a file counts before all of it was found right.
    RowsByCase of_run;
    const auto read = keep_entries(call, run.find(FileKind::bank), run.run, cases, of_run);
    if (read.refused() && !is_gone(read.refusal())) return read.refusal();
    if (read.refused()) continue;
    for (auto& [number, rows] : of_run) bank[number].insert(bank[number].end(), rows.begin(), rows.end());
  }
  std::optional<std::string> records;
  KeptCases sink(cases, [&](CaseRows& rows) -> Answer<Done> {
    records = rows.finish({}, rows_of(pins, case_number), rows_of(bank, case_number));
    return Done{};
  });
  auto read = keep_pins(call, newest->find(FileKind::pins), newest->run, cases, pins);
  if (read) {
    read = read_listed(call, *newest->find(FileKind::extract), [&](Pieces& pieces) -> Answer<Done> {
      SDK_TRY([[maybe_unused]] const ExtractCounts counts,
              read_extract(pieces, {newest->run.text(), newest->data_through}, sink));
      return Done{};
    });
  }
  if (read.refused() && is_gone(read.refusal())) return sdk::refuse(model::Outcome::unavailable, "run_gone");
  SDK_TRY([[maybe_unused]] const Done done, std::move(read));
  return CaseShelf(call).put(case_number, newest->run, records, newest);
}

}  // namespace casebridge::georgia_batch
