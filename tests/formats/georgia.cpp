// Georgia: the files of one night, read as a whole under their manifest; what they tell the parent who pays.
#include "plugins/georgia_batch/bank_file.hpp"
#include "plugins/georgia_batch/extract.hpp"
#include "plugins/georgia_batch/kept_case.hpp"
#include "plugins/georgia_batch/night.hpp"
#include "plugins/georgia_batch/small_files.hpp"
#include "tests/formats/georgia_places.hpp"
#include "tests/formats/message.hpp"

namespace casebridge::formats {
namespace {

using namespace georgia_batch;  // NOLINT: the readers are all that is here
using model::Dataset;
using sdk::Answer;
using sdk::Done;

const std::string case_number = "700123456", person = "02", pin = "PIN-000771";
const std::string data_through = "2026-03-16";
const RunId& run() {
  static const RunId one = *RunId::parse("20260317-01");
  return one;
}

// What the readers of a run's files took; good only when none of them refused.
struct Taken {
  std::vector<std::string> bank{}, pins{};
  std::string aside{};    // pins and acknowledgements
  std::string records{};  // of the case
};

class TakenEntries final : public BankSink {
 public:
  explicit TakenEntries(std::vector<std::string>& rows) : rows_(rows) {}
  bool wants(std::string_view number) override { return number == case_number; }
  void take(const BankEntry& entry) override { rows_.push_back(bank_row(entry, run().text())); }

 private:
  std::vector<std::string>& rows_;
};

class TakenCase final : public ExtractSink {
 public:
  explicit TakenCase(Taken& taken) : taken_(taken) {}
  bool wants(std::string_view number) override {
    if (number != case_number) return false;
    rows_.begin(std::string(number));
    return true;
  }
  Answer<Done> take(Row fields) override {
    rows_.take(fields);
    return Done{};
  }
  Answer<Done> end_case() override {
    taken_.records = rows_.finish({}, taken_.pins, taken_.bank);
    return Done{};
  }

 private:
  Taken& taken_;
  CaseRows rows_;
};

Answer<Done> take_bank(Pieces& pieces, Taken& taken) {
  TakenEntries sink(taken.bank);
  SDK_TRY([[maybe_unused]] const BankCounts counts, read_bank_file(pieces, sink));
  return Done{};
}

Answer<Done> take_pins(Pieces& pieces, Taken& taken) {
  return read_pins(pieces, run().text(), [&](const PinRow& row) {
    if (row.case_number == case_number) taken.pins.push_back(pin_row(row));
    write_record(taken.aside, {row.case_number, row.id, row.person, row.hash, row.expires, row.status});
  });
}

Answer<Done> take_acks(Pieces& pieces, Taken& taken) {
  return read_acknowledgements(pieces, [&](const AckRow& row) {
    write_record(taken.aside, {row.request, row.result, row.code, row.confirmation, row.text, row.processed});
  });
}

Answer<Done> take_extract(Pieces& pieces, Taken& taken) {
  TakenCase sink(taken);
  SDK_TRY([[maybe_unused]] const ExtractCounts counts,
          read_extract(pieces, {run().text(), data_through}, sink));
  return Done{};
}

// In the order in which a run is loaded.
struct File {
  FileKind kind;
  const char* sample;
  Answer<Done> (*take)(Pieces& pieces, Taken& taken);
};
constexpr File files[] = {{FileKind::bank, "georgia_bank.ach", take_bank},
                          {FileKind::pins, "georgia_pins.csv", take_pins},
                          {FileKind::acknowledgements, "georgia_acks.csv", take_acks},
                          {FileKind::extract, "georgia_night.csv", take_extract}};
constexpr std::size_t files_of_run = std::size(files);
constexpr const char* manifest_sample = "georgia_run.json";

using Octets = std::array<std::string, files_of_run>;

struct Run {
  std::string manifest_text = sample(manifest_sample);
  RunManifest manifest = *parse_manifest(manifest_text, run());
  Octets octets{sample(files[0].sample), sample(files[1].sample), sample(files[2].sample),
                sample(files[3].sample)};
};
const Run& unspoilt() {
  static const Run whole;
  return whole;
}

Told tell(const Taken& taken, const RunManifest& manifest) {
  RunLedger ledger;
  ledger.add(manifest);
  const KeptCase kept = open_kept(case_number, person, pin, read_rows(taken.records));
  Told made;
  made.aside = taken.aside;
  const auto add = [&](Dataset dataset, model::Records records) {
    made.content.datasets.push_back({dataset, model::DatasetContent{std::move(records), {}}});
  };
  add(Dataset::cases, std::vector<model::Case>{read_case(kept)});
  add(Dataset::orders, read_orders(kept));
  add(Dataset::balances, read_balances(kept));
  add(Dataset::payments, read_payments(kept, ledger));
  add(Dataset::disbursements, read_disbursements(kept));
  add(Dataset::enforcement, read_enforcement(kept));
  add(Dataset::events, read_events(kept));
  add(Dataset::contacts, read_contacts(kept));
  return made;
}

// One file of the run is another one.
Told tell_run(const RunManifest& manifest, std::size_t changed, std::string_view octets) {
  Taken taken;
  for (std::size_t i = 0; i < files_of_run; ++i) {
    const ListedFile* const listed = manifest.find(files[i].kind);
    if (listed == nullptr) continue;
    TextPieces pieces(i == changed ? octets : unspoilt().octets[i]);
    const auto read =
        read_counted(pieces, *listed, [&](Pieces& counted) { return files[i].take(counted, taken); });
    if (!read) return refused(read.refusal());
  }
  return tell(taken, manifest);
}

// As if the state had made it for this file.
RunManifest manifest_for(std::size_t changed, std::string_view octets) {
  RunManifest made = unspoilt().manifest;
  for (ListedFile& listed : made.files) {
    if (listed.kind != files[changed].kind) continue;
    TextPieces pieces(octets);
    CountedPieces counted(pieces);
    for (std::string piece; counted.next(piece) && !piece.empty();) continue;
    listed.size = counted.size();
    listed.lines = counted.lines();
    listed.sha256 = counted.sha256();
  }
  return made;
}

// The file as it came among the others, under the manifest as it came: whatever changes, the sums are wrong.
Message summed(std::size_t place) {
  const std::string& octets = unspoilt().octets[place];
  const auto read = [place](const std::string& changed) {
    return tell_run(unspoilt().manifest, place, changed);
  };
  return {files[place].sample, octets, read, '0', places_of_amounts(files[place].kind, octets)};
}

// The same under a manifest that was made for the file as it is now, so that only the figures inside of it
// are left to guard it.
Message summed_anew(std::size_t place) {
  const std::string& octets = unspoilt().octets[place];
  const auto read = [place](const std::string& changed) {
    return tell_run(manifest_for(place, changed), place, changed);
  };
  std::string name = files[place].sample;
  name.insert(name.find('.'), "_summed_anew");
  return {name, octets, read, '0', places_of_totalled_amounts(files[place].kind, octets)};
}

Told tell_manifest(const std::string& text) {
  const auto manifest = parse_manifest(text, run());
  return manifest ? tell_run(*manifest, files_of_run, {}) : refused(manifest.refusal());
}

// What a reader makes of octets must not hang on where a piece of them ends; which of two faults it names
// may.
bool try_file(const File& file, std::string_view octets) {
  constexpr std::size_t small_piece = 37;
  Taken whole, cut;
  TextPieces pieces(octets), small(octets, small_piece);
  const auto read = file.take(pieces, whole), again = file.take(small, cut);
  const bool same = read.done() == again.done() &&
                    (read ? whole.records == cut.records && whole.aside == cut.aside && whole.bank == cut.bank
                          : read.refusal().outcome == again.refusal().outcome);
  if (!same) std::abort();
  if (!read) return false;
  if (file.kind != FileKind::extract) {
    TextPieces extract(unspoilt().octets[files_of_run - 1]);
    if (!take_extract(extract, whole)) std::abort();
  }
  return must_be_payload(tell(whole, unspoilt().manifest));
}

bool try_all(std::string octets) {
  bool told = parse_manifest(octets, run()).done();
  for (const File& file : files) told = try_file(file, octets) || told;
  return told;
}

}  // namespace

Format georgia() {
  Format made{"georgia", {}, try_all, {}};
  for (std::size_t i = 0; i < files_of_run; ++i) {
    made.messages.push_back(summed(i));
    made.messages.push_back(summed_anew(i));
  }
  made.messages.push_back({manifest_sample, unspoilt().manifest_text, tell_manifest, '0', {}});
  made.words = {"\r\n",
                "\"",
                "\"\"",
                "\",\"",
                ",",
                "TRL,,20260317-01,",
                "PAY,700123456,",
                "BAL,700123456,",
                "CAS,700123457,",
                "XTR,",
                "0.00",
                "-12.34",
                "1e3",
                "2026-02-30",
                "2026-03-16T14:05:00Z",
                "\xEF\xBB\xBF",
                "622990020022",
                "627",
                "623",
                "705DED*CS*700123456*",
                "*Y\\",
                "\\",
                "8200",
                "9000001",
                "5200",
                "ACTIVE",
                "REVOKED",
                "pbkdf2-sha256$1000$",
                "REJECTED",
                "ACCEPTED",
                "\"reissueOf\": \"20260317-00\"",
                "\"kind\": \"ACK\"",
                "\"bytes\": 0",
                "null"};
  return made;
}

}  // namespace casebridge::formats
