// ViewCase: one case with the datasets that were asked for, from what is stored.
#pragma once

#include <vector>

#include "core/desk/case_view.hpp"
#include "core/desk/desk.hpp"
#include "core/model/caller.hpp"
#include "core/model/dataset.hpp"

namespace casebridge::desk {

struct CaseSection {
  model::Dataset dataset = model::Dataset::orders;
  std::string outcome;              // ok, stale, missing, syncing, unsupported
  std::vector<RecordView> records;  // newest first where the dataset has dates
  std::optional<std::string> as_of{};
  std::optional<Trouble> problem{};
};
struct CaseFile {
  CaseView view;
  std::vector<CaseSection> sections;  // in the order asked for
  Coverage coverage;                  // of the case's one source
};

// not_found for cases of others as well. `include` names datasets other than `cases`.
Result<CaseFile> view_case(const Desk&, const model::Caller&, const std::string& case_id,
                           const std::vector<model::Dataset>& include);

}  // namespace casebridge::desk
