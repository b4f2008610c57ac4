// MergeCase: what one answer of a state about one case changes in what is stored.
#pragma once

#include <vector>

#include "core/desk/desk.hpp"
#include "core/desk/sync_view.hpp"

namespace casebridge::desk {

struct MergedCase {
  std::vector<SyncDataset> progress;
  ports::ChangeCounts counts;
  bool all_well = true;        // no dataset failed
  bool session_ended = false;  // a dataset said so
};

// Within one transaction: records, tombstones, projections and the state of each dataset. A dataset that
// failed keeps its old content.
Result<MergedCase> merge_case(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                              const std::string& case_key, const model::CaseContent& content);
// The whole call for this case failed: as if each of its datasets had.
Result<MergedCase> mark_case_failed(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                                    const std::string& case_key, const Trouble& why);
// Whether an answer says that there is no case to be seen: none at all, or one kept from this parent. Nobody
// outside may be able to tell the two apart.
bool shows_no_case(const model::CaseContent& content);
// All that is stored of the case gets tombstones.
Result<MergedCase> bury_case(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                             const std::string& case_key);
// Cases that the state does not list any more get tombstones.
Result<ports::ChangeCounts> bury_other_cases(const Desk& desk, ports::Transaction& tx,
                                             const ports::Link& link,
                                             const std::vector<std::string>& listed_keys);

}  // namespace casebridge::desk
