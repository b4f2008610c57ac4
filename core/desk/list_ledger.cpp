// One page of money that came and went, with the sources it was drawn from.
#include "core/desk/list_ledger.hpp"

#include <set>

#include "core/base/limits.hpp"
#include "core/desk/coverage.hpp"
#include "core/desk/merged_ledger.hpp"
#include "core/desk/project_anew.hpp"
#include "core/desk/reconcile_cases.hpp"
#include "core/desk/record_row.hpp"

namespace casebridge::desk {
namespace {

const std::vector<std::string>& ledger_datasets() {
  static const std::vector<std::string> names{"payments", "disbursements"};
  return names;
}

int count_of(const std::vector<RecordView>& entries, const LinkId& link) {
  int count = 0;
  for (const RecordView& entry : entries) count += entry.link == link ? 1 : 0;
  return count;
}

Result<ports::RecordQuery> query_of(ports::Transaction& tx, const AccountId& account,
                                    const ListLedger& asked) {
  ports::RecordQuery query{account, {}, {}, ledger_datasets(), {}, {}, asked.limit};
  if (asked.case_id) {
    CASEBRIDGE_TRY(const auto found, tx.snapshots().find(account, *asked.case_id));
    if (!found || found->dataset != "cases") return trouble(TroubleCode::not_found, "case");
    query.link = found->link;
    query.case_key = found->case_key;
  }
  if (asked.after) {
    query.after_sort_key = asked.after->sort_key;
    query.after_record_id = asked.after->record_id;
  }
  return query;
}

// A page of what is not left out; one record more is looked for, so that a next page is never empty.
Result<ports::RecordPage> read_visible(ports::Transaction& tx, ports::RecordQuery query,
                                       const std::set<std::string>& left_out) {
  const auto wanted = static_cast<std::size_t>(query.limit);
  ports::RecordPage visible;
  for (;;) {
    CASEBRIDGE_TRY(auto page, tx.snapshots().current(query));
    if (!page.records.empty()) {
      query.after_sort_key = page.records.back().sort_key;
      query.after_record_id = page.records.back().record_id;
    }
    for (ports::RecordVersion& record : page.records) {
      if (left_out.contains(record.record_id)) continue;
      visible.has_more = visible.records.size() == wanted;
      if (visible.has_more) return visible;
      visible.records.push_back(std::move(record));
    }
    if (!page.has_more || page.records.empty()) return visible;
    // Nothing is ever left out of most lists: then the store knows whether there is more.
    if (left_out.empty()) {
      visible.has_more = true;
      return visible;
    }
  }
}

Result<LedgerPage> read_page(const Desk& desk, ports::Transaction& tx, const AccountId& account,
                             const ListLedger& asked, std::vector<LinkId>& stale) {
  CASEBRIDGE_TRY(const ports::RecordQuery query, query_of(tx, account, asked));
  CASEBRIDGE_TRY(const Shelf shelf, read_shelf(desk, tx, account));
  CASEBRIDGE_TRY(const auto cases, read_cases(tx, account));
  CASEBRIDGE_TRY(const Reconciliation reconciled,
                 reconcile_cases(desk, tx, account, shelf, cases, Figures::of_pairs));
  const MergedLedger ledger = merged_ledger(reconciled);
  const bool merged = !asked.case_id;
  CASEBRIDGE_TRY(const ports::RecordPage found,
                 read_visible(tx, query, merged ? ledger.left_out : std::set<std::string>{}));
  const CaseIds ids = case_ids_of(cases);
  LedgerPage page;
  for (const ports::RecordVersion& record : found.records) {
    const ShelvedLink* shelved = find_link(shelf, record.link);
    const auto id = ids.find({record.link, record.case_key});
    if (shelved == nullptr) continue;
    page.entries.push_back(view_of(desk, *shelved, record, id == ids.end() ? std::string{} : id->second));
    put_mark(page.entries.back(), ledger, merged);
  }
  if (found.has_more) page.next = LedgerPlace{found.records.back().sort_key, found.records.back().record_id};
  std::vector<SourceView> sources;
  for (const ShelvedLink& shelved : shelf.links) {
    if (query.link && shelved.link.id != *query.link) continue;
    const Interest interest{ledger_datasets(), query.case_key, !query.case_key};
    sources.push_back(
        source_of(shelved, interest, count_of(page.entries, shelved.link.id), desk.clock.now()));
    if (wants_refresh(desk, shelved, sources.back())) stale.push_back(shelved.link.id);
  }
  page.coverage = coverage_of(shelf, std::move(sources));
  return page;
}

}  // namespace

Result<LedgerPage> list_ledger(const Desk& desk, const model::Caller& caller, const ListLedger& asked) {
  if (asked.limit < 1 || asked.limit > limits::page_size_max)
    return field_trouble("limit", "must be 1 to 500");
  CASEBRIDGE_CHECK(project_anew(desk, caller.account));
  LedgerPage page;
  std::vector<LinkId> stale;
  const Result<void> read = desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    stale.clear();
    CASEBRIDGE_TRY(page, read_page(desk, tx, caller.account, asked, stale));
    return {};
  });
  if (!read) return read.error();
  refresh(desk, caller.account, stale);
  return page;
}

}  // namespace casebridge::desk
