// Of each run the manifest decides, because the state writes it last.
#include "plugins/georgia_batch/catch_up.hpp"

#include <algorithm>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "plugins/georgia_batch/night.hpp"
#include "plugins/georgia_batch/requests.hpp"
#include "plugins/georgia_batch/wire_values.hpp"

namespace casebridge::georgia_batch {
namespace {

using sdk::Answer;
using sdk::Done;

constexpr std::uint64_t manifest_octets_max = 64 * 1024;

class Walk {
 public:
  Walk(const sdk::Call& call, RunLedger ledger) : call_(call), ledger_(std::move(ledger)) {}

  Answer<Done> go() {
    auto listed = call_.files().list();
    if (!listed) {
      tell(LogLevel::error, sdk::Event::upstream_error, "landing_folder");
      return listed.refusal();
    }
    entries_ = std::move(*listed);
    std::vector<RunId> runs;
    for (const auto& entry : entries_)
      if (const auto run = RunId::of_manifest(entry.name)) runs.push_back(*run);
    std::sort(runs.begin(), runs.end());
    const model::Date today = local_time(call_.now()).day;
    for (const RunId& run : runs) {
      // Taken now it would pass for the newest until its day, and every run until then for an older one.
      if (today < run.day()) {
        SDK_TRY([[maybe_unused]] const Done told, tell_once(run, "run_ahead", "run_ahead"));
        continue;
      }
      SDK_TRY([[maybe_unused]] const Done looked, look_at(run));
    }
    return Done{};
  }

  RunLedger take() { return std::move(ledger_); }

 private:
  void tell(LogLevel level, sdk::Event event, std::string_view reason, std::string_view where = {}) {
    if (where.empty())
      call_.log(level, event, {sdk::word("reason", reason)});
    else
      call_.log(level, event, {sdk::word("reason", reason), sdk::word("member", where)});
  }

  Answer<std::string> read_manifest(const RunId& run) {
    SDK_TRY(sdk::InboundFile file, call_.files().open(run.file_name(FileKind::manifest)));
    if (file.size() > manifest_octets_max) return sdk::drift("MANI/size");
    std::string content, piece;
    for (;;) {
      SDK_TRY([[maybe_unused]] const Done read, file.read(piece));
      if (piece.empty()) return content;
      content += piece;
    }
  }

  Answer<Done> look_at(const RunId& run) {
    const LoadedRun* const loaded = ledger_.find(run);
    // An older one that comes after a newer one, or was wrong when it was its turn, is over.
    if (loaded == nullptr && ledger_.newest() != nullptr && run < ledger_.newest()->run) return Done{};
    auto content = read_manifest(run);
    if (content.refused() && content.refusal().outcome == model::Outcome::not_found) return Done{};
    if (content.refused() && content.refusal().outcome != model::Outcome::schema_drift)
      return content.refusal();
    auto manifest = content ? parse_manifest(*content, run) : Answer<RunManifest>(content.refusal());
    if (loaded != nullptr) return compare(*loaded, manifest);
    return try_run(run, stamp_of(content ? *content : std::string(), manifest), manifest);
  }

  // What was loaded stays; another content under its name is told once.
  Answer<Done> compare(const LoadedRun& loaded, const Answer<RunManifest>& manifest) {
    const std::string sums = manifest ? manifest->sums() : std::string("unreadable");
    if (sums == loaded.sums) return Done{};
    return tell_once(loaded.run, sums, "run_conflict");
  }

  Answer<Done> tell_once(const RunId& run, const std::string& what, std::string_view reason) {
    std::string& told = ledger_.conflicts[run.text()];
    if (told == what) return Done{};
    told = what;
    tell(LogLevel::error, sdk::Event::upstream_error, reason);
    return ledger_.save(call_);
  }

  // Changes whenever it is worth reading the run once more.
  std::string stamp_of(const std::string& content, const Answer<RunManifest>& manifest) const {
    std::string seen = content;
    if (manifest) {
      for (const ListedFile& file : manifest->files)
        for (const auto& entry : entries_)
          if (entry.name == file.name)
            seen += entry.name + std::to_string(entry.size) + to_text(entry.modified);
    }
    return crypto::hex(crypto::sha256(seen));
  }

  Answer<Done> try_run(const RunId& run, const std::string& stamp, const Answer<RunManifest>& manifest) {
    const Instant now = call_.now();
    const auto again = next_look(run, now);
    const auto tried = ledger_.tried.find(run.text());
    if (tried != ledger_.tried.end()) {
      if (!again) return Done{};
      if (tried->second.stamp == stamp && now < tried->second.again_at) return Done{};
    }
    auto loaded = manifest ? load_run(call_, ledger_, *manifest) : Answer<Done>(manifest.refusal());
    if (loaded) return Done{};
    if (loaded.refusal().outcome != model::Outcome::schema_drift) return loaded.refusal();
    const std::string& where = loaded.refusal().detail;
    tell(LogLevel::error, sdk::Event::upstream_drift, "run_rejected",
         text::lower_ascii(where.substr(0, where.find('/'))));
    ledger_.tried[run.text()] = {stamp, again.value_or(now)};
    return ledger_.save(call_);
  }

  const sdk::Call& call_;
  RunLedger ledger_;
  std::vector<sdk::Files::Entry> entries_;
};

}  // namespace

Answer<RunLedger> catch_up(const sdk::Call& call) {
  SDK_TRY(RunLedger ledger, RunLedger::open(call));
  Walk walk(call, std::move(ledger));
  SDK_TRY([[maybe_unused]] const Done walked, walk.go());
  RunLedger made = walk.take();
  // A folder for requests that cannot be written to keeps nobody from reading.
  const auto sent = Requests(call).flush(made.newest());
  if (!sent)
    call.log(LogLevel::warn, sdk::Event::upstream_error, {sdk::word("reason", "requests_not_written")});
  return made;
}

}  // namespace casebridge::georgia_batch
