// The ledger is JSON; nothing of a parent is in it.
#include "plugins/georgia_batch/run_ledger.hpp"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "plugins/georgia_batch/wire_values.hpp"

namespace casebridge::georgia_batch {
namespace {

using nlohmann::json;
using sdk::Answer;
using sdk::Done;

constexpr const char* ledger_key = "runs";
constexpr std::size_t runs_kept_max = 45;  // the state keeps files for thirty days
constexpr int late_hour = 8, run_hour = 2;

json to_json(const LoadedRun& one) {
  json files = json::array();
  for (const ListedFile& file : one.files)
    files.push_back({{"kind", name_of(file.kind)},
                     {"name", file.name},
                     {"size", file.size},
                     {"lines", file.lines},
                     {"sha256", file.sha256}});
  return {{"run", one.run.text()},  {"sums", one.sums},         {"through", one.data_through},
          {"ordinal", one.ordinal}, {"replaced", one.replaced}, {"files", std::move(files)}};
}

LoadedRun loaded_of(const json& one) {
  LoadedRun made{*RunId::parse(one.at("run").get<std::string>()),
                 one.at("sums"),
                 one.at("through"),
                 one.at("ordinal"),
                 one.at("replaced"),
                 {}};
  for (const json& file : one.at("files"))
    made.files.push_back({*kind_of(file.at("kind").get<std::string>()), file.at("name"), file.at("size"),
                          file.at("lines"), file.at("sha256")});
  return made;
}

}  // namespace

const ListedFile* LoadedRun::find(FileKind kind) const {
  for (const ListedFile& file : files)
    if (file.kind == kind) return &file;
  return nullptr;
}

Answer<RunLedger> RunLedger::open(const sdk::Call& call) {
  RunLedger made;
  SDK_TRY(const auto found, call.values().get(ledger_key));
  if (!found) return made;
  made.version_ = found->version;
  const json stored = json::parse(found->octets.reveal());
  for (const json& one : stored.at("loaded")) made.loaded_.push_back(loaded_of(one));
  for (const auto& [run, one] : stored.at("tried").items())
    made.tried[run] = {one.at("stamp"),
                       Instant{std::chrono::seconds{one.at("again_at").get<std::int64_t>()}}};
  for (const auto& [run, sums] : stored.at("conflicts").items()) made.conflicts[run] = sums;
  return made;
}

Answer<Done> RunLedger::save(const sdk::Call& call) {
  const auto drop_old = [](auto& by_run) {
    while (by_run.size() > runs_kept_max) by_run.erase(by_run.begin());
  };
  drop_old(tried);
  drop_old(conflicts);
  json stored{{"loaded", json::array()}, {"tried", json::object()}, {"conflicts", conflicts}};
  for (const LoadedRun& one : loaded_) stored["loaded"].push_back(to_json(one));
  for (const auto& [run, one] : tried)
    stored["tried"][run] = {{"stamp", one.stamp}, {"again_at", one.again_at.time_since_epoch().count()}};
  SDK_TRY(version_, call.values().put(ledger_key, stored.dump(), version_));
  return Done{};
}

const LoadedRun* RunLedger::find(const RunId& run) const {
  const auto found =
      std::find_if(loaded_.begin(), loaded_.end(), [&](const LoadedRun& one) { return one.run == run; });
  return found == loaded_.end() ? nullptr : &*found;
}

void RunLedger::add(const RunManifest& manifest) {
  LoadedRun made{manifest.run, manifest.sums(), manifest.data_through, 1, false, manifest.files};
  if (!loaded_.empty()) made.ordinal = loaded_.back().ordinal + 1;
  if (manifest.reissue_of) {
    for (LoadedRun& one : loaded_) {
      if (one.run.day() != manifest.run.day()) continue;
      one.replaced = true;
      made.ordinal = one.ordinal;
    }
  }
  tried.erase(manifest.run.text());
  loaded_.push_back(std::move(made));
  if (loaded_.size() > runs_kept_max) loaded_.erase(loaded_.begin());
}

std::int64_t RunLedger::nights_from(const RunId& run) const {
  return std::count_if(loaded_.begin(), loaded_.end(),
                       [&](const LoadedRun& one) { return one.run >= run && !one.replaced; });
}

int nights_missed(const LoadedRun& newest, Instant now) {
  const LocalTime local = local_time(now);
  const int since = newest.run.day().days_until(local.day);
  return std::max(0, local.hour < late_hour ? since - 1 : since);
}

std::optional<Instant> next_look(const RunId& run, Instant now) {
  const LocalTime local = local_time(now);
  const int since = run.day().days_until(local.day);
  if (since > 1 || (since == 1 && local.hour >= late_hour)) return std::nullopt;
  const bool awaited = local.hour >= run_hour && local.hour < late_hour;
  return now + (awaited ? std::chrono::seconds{std::chrono::minutes{5}} : std::chrono::hours{1});
}

}  // namespace casebridge::georgia_batch
