// Reads what is stored of all links in one consistent view, and says what each of them contributed.
#include "core/desk/list_cases.hpp"

#include "core/desk/case_row.hpp"
#include "core/desk/coverage.hpp"
#include "core/desk/reconcile_cases.hpp"
#include "core/desk/record_row.hpp"

namespace casebridge::desk {
namespace {

int count_of(const std::vector<CaseView>& cases, const LinkId& link) {
  int count = 0;
  for (const CaseView& one : cases) count += one.record.link == link ? 1 : 0;
  return count;
}

Result<CaseList> read_list(const Desk& desk, ports::Transaction& tx, const AccountId& account,
                           std::vector<LinkId>& stale) {
  CASEBRIDGE_TRY(const Shelf shelf, read_shelf(desk, tx, account));
  CASEBRIDGE_TRY(const auto records, read_cases(tx, account));
  CASEBRIDGE_TRY(const auto money, tx.snapshots().current({account, {}, {}, money_datasets(), {}, {}, 0}));
  CaseList list;
  for (const ports::RecordVersion& record : records) {
    const ShelvedLink* shelved = find_link(shelf, record.link);
    if (shelved != nullptr) list.cases.push_back(case_view_of(desk, *shelved, record, money.records));
  }
  CASEBRIDGE_TRY(const Reconciliation reconciled,
                 reconcile_cases(desk, tx, account, shelf, records, Figures::of_pairs));
  for (const Cluster& cluster : reconciled.clusters)
    list.clusters.push_back(view_of(reconciled.cases, cluster));
  std::vector<SourceView> sources;
  for (const ShelvedLink& shelved : shelf.links) {
    sources.push_back(
        source_of(shelved, {{"cases"}}, count_of(list.cases, shelved.link.id), desk.clock.now()));
    if (wants_refresh(desk, shelved, sources.back())) stale.push_back(shelved.link.id);
  }
  list.coverage = coverage_of(shelf, std::move(sources));
  return list;
}

}  // namespace

Result<CaseList> list_cases(const Desk& desk, const model::Caller& caller) {
  CaseList list;
  std::vector<LinkId> stale;
  const Result<void> read = desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    stale.clear();
    CASEBRIDGE_TRY(list, read_list(desk, tx, caller.account, stale));
    return {};
  });
  if (!read) return read.error();
  refresh(desk, caller.account, stale);
  return list;
}

}  // namespace casebridge::desk
