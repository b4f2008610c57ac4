// One case, and a section for each dataset that was asked for.
#include "core/desk/view_case.hpp"

#include "core/desk/case_row.hpp"
#include "core/desk/coverage.hpp"
#include "core/desk/project_anew.hpp"
#include "core/desk/record_row.hpp"

namespace casebridge::desk {
namespace {

// Obligations are stored beside the orders they come from and are shown in their section.
bool belongs(const ports::RecordVersion& record, std::string_view dataset) {
  return record.dataset == dataset || (dataset == "orders" && record.dataset == "obligations");
}

CaseSection section_of(const Desk& desk, const ShelvedLink& shelved, const ports::RecordVersion& subject,
                       const std::vector<ports::RecordVersion>& records, model::Dataset dataset) {
  const std::string name(model::name_of(dataset));
  CaseSection section{dataset, {}, {}, {}, {}};
  for (const ports::RecordVersion& record : records) {
    if (belongs(record, name)) section.records.push_back(view_of(desk, shelved, record, subject.record_id));
  }
  SourceView source = source_of(shelved, {{name}, subject.case_key, false},
                                static_cast<int>(section.records.size()), desk.clock.now());
  section.outcome = std::move(source.outcome);
  section.as_of = std::move(source.as_of);
  section.problem = std::move(source.problem);
  return section;
}

Result<std::optional<CaseFile>> read_file(const Desk& desk, ports::Transaction& tx, const AccountId& account,
                                          const std::string& case_id,
                                          const std::vector<model::Dataset>& include,
                                          std::vector<LinkId>& stale) {
  CASEBRIDGE_TRY(const auto subject, tx.snapshots().find(account, case_id));
  if (!subject || subject->dataset != "cases") return trouble(TroubleCode::not_found, "case");
  CASEBRIDGE_TRY(const Shelf shelf, read_shelf(desk, tx, account));
  const ShelvedLink* shelved = find_link(shelf, subject->link);
  if (shelved == nullptr) return trouble(TroubleCode::not_found, "case");
  CASEBRIDGE_TRY(const auto page,
                 tx.snapshots().current({account, subject->link, subject->case_key, {}, {}, {}, 0}));
  CaseFile file{case_view_of(desk, *shelved, *subject, page.records), {}, {}};
  Interest interest{{"cases"}, subject->case_key, true};
  for (const model::Dataset dataset : include) {
    file.sections.push_back(section_of(desk, *shelved, *subject, page.records, dataset));
    interest.datasets.emplace_back(model::name_of(dataset));
  }
  std::vector<SourceView> sources{source_of(*shelved, interest, 1, desk.clock.now())};
  if (wants_refresh(desk, *shelved, sources.front())) stale.push_back(shelved->link.id);
  file.coverage = coverage_of(shelf, std::move(sources));
  return std::optional<CaseFile>{std::move(file)};
}

}  // namespace

Result<CaseFile> view_case(const Desk& desk, const model::Caller& caller, const std::string& case_id,
                           const std::vector<model::Dataset>& include) {
  CASEBRIDGE_CHECK(project_anew(desk, caller.account));
  std::optional<CaseFile> file;
  std::vector<LinkId> stale;
  const Result<void> read = desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    stale.clear();
    CASEBRIDGE_TRY(file, read_file(desk, tx, caller.account, case_id, include, stale));
    return {};
  });
  if (!read) return read.error();
  refresh(desk, caller.account, stale);
  return std::move(*file);
}

}  // namespace casebridge::desk
