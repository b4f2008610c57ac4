// The manifest of a run: what its files are called, how long they are, and what they add up to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/georgia_batch/run_id.hpp"
#include "plugins/sdk/answer.hpp"

namespace casebridge::georgia_batch {

struct ListedFile {
  FileKind kind = FileKind::extract;
  std::string name{};
  std::uint64_t size = 0;
  std::uint64_t lines = 0;
  std::string sha256{};
};

struct RunManifest {
  RunId run;
  std::string data_through{};  // YYYY-MM-DD
  std::optional<RunId> reissue_of{};
  std::vector<ListedFile> files{};

  const ListedFile* find(FileKind kind) const;
  // Equal for runs whose files are equal.
  std::string sums() const;
};

// schema_drift, detail as `MANI/files`. `expected` is the run of the file's name.
sdk::Answer<RunManifest> parse_manifest(std::string_view json, const RunId& expected);

}  // namespace casebridge::georgia_batch
