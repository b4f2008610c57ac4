// MergeCase: what one answer of a state about one case changes in what is stored.
#pragma once

#include <set>
#include <string>
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
// What is stored of the case, projected by the rules of today; buried, when nobody may see it by them.
Result<void> project_case(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                          const std::string& case_key);
// Whether an answer says that there is no case to be seen: none at all, or one kept from this parent. Nobody
// outside may be able to tell the two apart.
bool shows_no_case(const Desk& desk, const ports::Link& link, const model::CaseContent& content);
// Whether an answer has content of the case itself, to be seen or not; false when that could not be read.
bool tells_case(const model::CaseContent& content);

// All that is stored of these cases gets tombstones.
Result<ports::ChangeCounts> bury_cases(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                                       const std::vector<std::string>& keys);
// The same for all other cases than these: the state does not list them any more.
Result<ports::ChangeCounts> bury_other_cases(const Desk& desk, ports::Transaction& tx,
                                             const ports::Link& link, const std::vector<std::string>& keys);
// Keeps in mind, where no viewer can see it, that these cases have nothing to show.
Result<void> remember_hidden(ports::Transaction& tx, const ports::Link& link,
                             const std::vector<std::string>& keys);
// The keys of the link's cases that were buried or never shown, and have not been seen since.
Result<std::set<std::string>> unseen_cases(ports::Transaction& tx, const ports::Link& link);

}  // namespace casebridge::desk
