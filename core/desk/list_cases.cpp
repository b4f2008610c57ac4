// Reads what is stored of all links in one consistent view, and says what each of them contributed.
#include "core/desk/list_cases.hpp"

#include <algorithm>

#include "core/desk/case_row.hpp"
#include "core/desk/coverage.hpp"
#include "core/desk/project_anew.hpp"
#include "core/desk/reconcile_cases.hpp"
#include "core/desk/record_row.hpp"
#include "core/federation/freshness.hpp"

namespace casebridge::desk {
namespace {

int count_of(const std::vector<CaseView>& cases, const LinkId& link) {
  int count = 0;
  for (const CaseView& one : cases) count += one.record.link == link ? 1 : 0;
  return count;
}

// What the clock alone changes in a complete list: how fresh a dataset is, and which day it is somewhere.
// Days begin and end on a quarter of an hour in every zone. A list that is not complete may start a refresh,
// may say how to sign in again, and changes with sessions of states: it is always made anew.
std::optional<Instant> same_until(const Shelf& shelf, const CaseList& list, Instant now) {
  if (list.coverage.completeness != "complete") return std::nullopt;
  constexpr std::chrono::minutes quarter{15};
  Instant until = now - now.time_since_epoch() % quarter + quarter;
  for (const ShelvedLink& shelved : shelf.links) {
    for (const ports::DatasetState& state : shelved.states) {
      const federation::Freshness fresh = federation::freshness_of(state.dataset, state.verified_at, now);
      for (const std::optional<Instant>& turn : {fresh.fresh_until, fresh.usable_until})
        if (turn && now < *turn) until = std::min(until, *turn);
    }
  }
  return until;
}

Result<CaseList> read_list(const Desk& desk, ports::Transaction& tx, const AccountId& account,
                           std::vector<LinkId>& stale) {
  const Instant now = desk.clock.now();  // before anything is compared with the clock
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
  list.same_until = same_until(shelf, list, now);
  return list;
}

}  // namespace

Result<CaseList> list_cases(const Desk& desk, const model::Caller& caller) {
  CASEBRIDGE_CHECK(project_anew(desk, caller.account));
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
