// RunLedger: which runs were loaded, in which order, and which were tried; one value of the system's memory.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plugins/georgia_batch/manifest_file.hpp"
#include "plugins/sdk/host.hpp"

namespace casebridge::georgia_batch {

struct LoadedRun {
  RunId run;
  std::string sums{};
  std::string data_through{};
  std::int64_t ordinal = 0;  // rises by one with each night; a re-issue keeps that of the run it replaces
  bool replaced = false;
  std::vector<ListedFile> files{};

  const ListedFile* find(FileKind kind) const;
};

// Why a run was not loaded, so that the same octets are not read again at every call.
struct TriedRun {
  std::string stamp{};
  Instant again_at{};
};

class RunLedger {
 public:
  static sdk::Answer<RunLedger> open(const sdk::Call& call);
  // version_conflict when another gateway was faster.
  sdk::Answer<sdk::Done> save(const sdk::Call& call);

  const LoadedRun* newest() const { return loaded_.empty() ? nullptr : &loaded_.back(); }
  const LoadedRun* find(const RunId& run) const;
  const std::vector<LoadedRun>& loaded() const { return loaded_; }  // ascending, the last few weeks
  void add(const RunManifest& manifest);
  // Nights from that run's on, its own included; replaced runs do not count. Longer ago than is kept: all.
  std::int64_t nights_from(const RunId& run) const;

  std::map<std::string, TriedRun> tried{};         // by run
  std::map<std::string, std::string> conflicts{};  // run to what is wrong with it, already told

 private:
  std::vector<LoadedRun> loaded_;
  std::int64_t version_ = 0;
};

// By the calendar of New York: nights for which there should be a run by now, and is none.
int nights_missed(const LoadedRun& newest, Instant now);
// When it is worth looking again at a run that was wrong; nullopt: it is too old for that.
std::optional<Instant> next_look(const RunId& run, Instant now);

}  // namespace casebridge::georgia_batch
