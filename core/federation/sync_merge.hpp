// What a sync read about one case, turned into what will be stored. Pure: the caller does the reading and
// storing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/federation/viewer.hpp"
#include "core/model/adapter_messages.hpp"
#include "core/ports/store_cases.hpp"

namespace casebridge::federation {

struct CaseBefore {
  LinkId link;
  std::string case_key;
  model::SafetyLevel policy = model::SafetyLevel::none;  // the system's
  std::vector<ports::RecordVersion> stored{};            // all current records of the case
  std::vector<ports::DatasetState> states{};             // of the case; others are not looked at
};

struct MergedDataset {
  // What the dataset holds from now on, to be given to SnapshotStore::replace; nothing changes without it.
  std::optional<std::vector<ports::RecordVersion>> records{};
  ports::DatasetState state;  // to be given to SnapshotStore::put_state
};

// One entry for each dataset asked for, and `obligations` beside `orders`. A dataset that failed keeps its
// content and its failures are counted; what is kept is projected anew, so an older projection never outlives
// the rule or the level it was made by (such datasets get an entry even when not asked for). Stored bodies
// that cannot be read are dropped. Nothing is taken from an answer while the case itself is not known.
std::vector<MergedDataset> merge_case(const CaseBefore& before, const std::vector<model::Dataset>& asked,
                                      const model::CaseContent& content, Instant now);

// What is stored of a case, seen by the rules of today: the datasets that look different now. nullopt: nobody
// may see anything of the case, or what is stored of it cannot be read.
std::optional<std::vector<MergedDataset>> project_anew(const CaseBefore& before, Instant now);

// A state after a failure, or after an answer; used for the list of cases as well.
ports::DatasetState after_failure(ports::DatasetState state, const Trouble& trouble, Instant now);
ports::DatasetState after_answer(ports::DatasetState state, bool content_changed, Instant now);

// Every dataset name under which records of a case are stored; a case that is gone loses them all.
const std::vector<std::string>& stored_datasets();

}  // namespace casebridge::federation
