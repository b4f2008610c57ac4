// ListCases: every case of every link, from what is stored, with what each source contributed.
#pragma once

#include <optional>

#include "core/desk/case_view.hpp"
#include "core/desk/cluster_view.hpp"
#include "core/desk/desk.hpp"
#include "core/model/caller.hpp"

namespace casebridge::desk {

struct CaseList {
  std::vector<CaseView> cases;        // open ones first, then by opening date, newest first
  std::vector<ClusterView> clusters;  // which of them are one debt that two states show
  Coverage coverage;
  // Before this moment the same list would be made again, as long as the account's version stays what it is
  // in `coverage`; empty when nobody can tell.
  std::optional<Instant> same_until{};
};

// Never waits for a state. A stale source with a live session is refreshed in the background, once.
Result<CaseList> list_cases(const Desk&, const model::Caller&);

}  // namespace casebridge::desk
