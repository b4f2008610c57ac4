// Adds up only what is proven to be different debts (45 CFR 303.7: one family, one debt, several states).
#include "core/desk/read_summary.hpp"

#include <algorithm>
#include <map>

#include "core/desk/case_row.hpp"
#include "core/desk/coverage.hpp"
#include "core/desk/project_anew.hpp"
#include "core/desk/reconcile_cases.hpp"
#include "core/desk/record_row.hpp"
#include "core/federation/viewer.hpp"

namespace casebridge::desk {
namespace {

constexpr std::string_view note_may_be_same = "summary.may_be_same_debt";

// What may be added as one figure: a confirmed cluster, or one case.
struct Debt {
  std::vector<std::size_t> members;
  const Cluster* cluster = nullptr;
};

const Cluster* cluster_with(const Reconciliation& all, std::size_t member) {
  for (const Cluster& cluster : all.clusters)
    if (cluster.combined &&
        (cluster.pair.pair.initiating == member || cluster.pair.pair.responding == member))
      return &cluster;
  return nullptr;
}

std::vector<Debt> debts_of(const Reconciliation& all) {
  std::vector<Debt> debts;
  for (std::size_t i = 0; i < all.cases.facts.size(); ++i) {
    const Cluster* cluster = cluster_with(all, i);
    if (cluster == nullptr) {
      debts.push_back({{i}, nullptr});
    } else if (std::none_of(debts.begin(), debts.end(),
                            [&](const Debt& d) { return d.cluster == cluster; })) {
      debts.push_back({{cluster->pair.pair.initiating, cluster->pair.pair.responding}, cluster});
    }
  }
  return debts;
}

// A system gives different debts different case numbers. Between systems nothing is proven: two states, or
// two doors of one state, may show the same case.
bool are_distinct(const GatheredCases& cases, const Debt& a, const Debt& b) {
  bool share_a_system = false;
  for (const std::size_t i : a.members) {
    for (const std::size_t j : b.members) {
      if (cases.origins[i].system != cases.origins[j].system) continue;
      const auto number = [&](std::size_t place) {
        const federation::CaseFacts& facts = cases.facts[place];
        return model::normal_identifier(facts.content.number, facts.number_form);
      };
      if (number(i) == number(j)) return false;
      share_a_system = true;
    }
  }
  return share_a_system;
}

bool may_be_one(const GatheredCases& cases, const std::vector<Debt>& debts) {
  for (std::size_t i = 0; i < debts.size(); ++i)
    for (std::size_t j = i + 1; j < debts.size(); ++j)
      if (!are_distinct(cases, debts[i], debts[j])) return true;
  return false;
}

Known<model::Money> amount_of(const GatheredCases& cases, const Debt& debt) {
  if (debt.cluster != nullptr) return debt.cluster->pair.combined_arrears;
  const std::size_t member = debt.members.front();
  return cases.origins[member].usable ? federation::arrears_of(cases.facts[member]) : Missing::stale;
}

// What somebody owes and what is owed to them are not one sum.
bool owed_the_same_way(const GatheredCases& cases) {
  const auto owes = [](const federation::CaseFacts& facts) {
    return federation::Viewer{facts.content.viewer_role.value, facts.safety}.owes_support();
  };
  return std::all_of(cases.facts.begin(), cases.facts.end(),
                     [&](const auto& facts) { return owes(facts) == owes(cases.facts.front()); });
}

std::optional<model::Money> combined(const GatheredCases& cases, const std::vector<Debt>& debts) {
  if (debts.empty() || !owed_the_same_way(cases)) return std::nullopt;
  model::Money sum;
  for (const Debt& debt : debts) {
    const Known<model::Money> amount = amount_of(cases, debt);
    const auto added = amount ? add(sum, *amount) : std::nullopt;
    if (!added) return std::nullopt;
    sum = *added;
  }
  return sum;
}

std::string agreement_of(const Reconciliation& all, const std::vector<DebtView>& debts) {
  std::string said = debts.empty() ? "not_available" : "single_source";
  for (const Cluster& cluster : all.clusters) {
    if (!cluster.combined) return "not_available";
    for (const federation::Debt& debt : cluster.pair.debts)
      for (const federation::OtherView& other : debt.others)
        if (debt.kind == federation::DebtKind::arrears && said != "differ")
          said = other.explained ? "agree" : "differ";
  }
  return said;
}

void add_debts(AccountSummary& summary, const GatheredCases& cases, const std::vector<Debt>& debts) {
  using federation::DebtKind;
  for (const Debt& debt : debts) {
    if (debt.cluster != nullptr) {
      for (const federation::Debt& part : debt.cluster->pair.debts) {
        if (part.kind == DebtKind::arrears)
          summary.debts.push_back({view_of(cases, part.official), debt.cluster->id});
        if (part.kind == DebtKind::interest) summary.interest.push_back(view_of(cases, part.official));
      }
      continue;
    }
    const std::size_t member = debt.members.front();
    const federation::CaseFacts& facts = cases.facts[member];
    const auto figure = [&](const Known<model::Money>& amount) {
      return view_of(cases, federation::Figure{member, *amount, facts.ledger_date});
    };
    if (const auto arrears = federation::arrears_of(facts)) summary.debts.push_back({figure(arrears), {}});
    if (const auto interest = federation::charged_by(facts, DebtKind::interest))
      summary.interest.push_back(figure(interest));
  }
}

void add_money(AccountSummary& summary, const Reconciliation& all) {
  const std::vector<Debt> debts = debts_of(all);
  add_debts(summary, all.cases, debts);
  summary.agreement = agreement_of(all, summary.debts);
  if (may_be_one(all.cases, debts))
    summary.note_key = note_may_be_same;
  else
    summary.combined = combined(all.cases, debts);
  for (const Cluster& cluster : all.clusters) {
    if (!cluster.payments_told) continue;
    summary.in_transit = add(summary.in_transit.value_or(model::Money{}), cluster.pair.in_transit);
    if (!summary.in_transit) return;
  }
}

bool is_nearer(const DueView& a, const DueView& b) {
  if (a.date.has_value() != b.date.has_value()) return a.date.has_value();
  return a.date && *a.date < *b.date;
}

// What is due on one debt is told by its official ledger.
bool is_told_by_another(const Reconciliation& all, const std::string& case_id) {
  for (const Cluster& cluster : all.clusters)
    for (const std::size_t member : {cluster.pair.pair.initiating, cluster.pair.pair.responding})
      if (cluster.combined && member != cluster.pair.official_member &&
          all.cases.facts[member].record_id == case_id)
        return true;
  return false;
}

// A case that a state shows in two accounts is one case.
bool is_shown_twice(const Reconciliation& all, const federation::CaseFacts& facts) {
  for (const Cluster& cluster : all.clusters) {
    const federation::CasePair& pair = cluster.pair.pair;
    if (pair.kind == federation::PairKind::same_case && pair.state == federation::PairState::confirmed &&
        all.cases.facts[pair.responding].record_id == facts.record_id)
      return true;
  }
  return false;
}

void add_case(AccountSummary& summary, const CaseView& view, bool told_by_another) {
  const std::string& id = view.record.id;
  if (view.next_due && !told_by_another &&
      (!summary.next_due || is_nearer(*view.next_due, summary.next_due->due)))
    summary.next_due = SummaryDue{id, view.record.jurisdiction, *view.next_due};
  if (!view.last_payment) return;
  // A payment that is told twice has one date at most days apart: the later record is the newer news.
  if (!summary.last_payment || summary.last_payment->payment.date < view.last_payment->date)
    summary.last_payment = SummaryPayment{id, view.record.jurisdiction, *view.last_payment};
}

void add_coverage(AccountSummary& summary, const Shelf& shelf, std::vector<SourceView> sources) {
  for (const SourceView& source : sources) {
    const bool included = source.outcome == "ok" || source.outcome == "stale";
    auto& list = included ? summary.sources_included : summary.sources_missing;
    if (std::find(list.begin(), list.end(), source.jurisdiction) == list.end())
      list.push_back(source.jurisdiction);
    if (included && source.as_of && (!summary.oldest_as_of || *source.as_of < *summary.oldest_as_of))
      summary.oldest_as_of = source.as_of;
  }
  summary.coverage = coverage_of(shelf, std::move(sources));
}

Result<AccountSummary> read_all(const Desk& desk, ports::Transaction& tx, const AccountId& account) {
  CASEBRIDGE_TRY(const Shelf shelf, read_shelf(desk, tx, account));
  CASEBRIDGE_TRY(const auto records, read_cases(tx, account));
  CASEBRIDGE_TRY(const auto money, tx.snapshots().current({account, {}, {}, money_datasets(), {}, {}, 0}));
  CASEBRIDGE_TRY(const Reconciliation all,
                 reconcile_cases(desk, tx, account, shelf, records, Figures::of_all));
  AccountSummary summary;
  for (const federation::CaseFacts& facts : all.cases.facts) {
    const bool open = facts.content.status.value == model::CaseStatus::open;
    if (open && !is_shown_twice(all, facts)) ++summary.cases_open;
  }
  add_money(summary, all);
  std::map<LinkId, int> counts;
  for (const ports::RecordVersion& record : records) {
    const ShelvedLink* shelved = find_link(shelf, record.link);
    if (shelved == nullptr) continue;
    ++counts[record.link];
    add_case(summary, case_view_of(desk, *shelved, record, money.records),
             is_told_by_another(all, record.record_id));
  }
  std::vector<SourceView> sources;
  for (const ShelvedLink& shelved : shelf.links)
    sources.push_back(source_of(shelved, {figure_datasets()}, counts[shelved.link.id], desk.clock.now()));
  add_coverage(summary, shelf, std::move(sources));
  return summary;
}

}  // namespace

Result<AccountSummary> read_summary(const Desk& desk, const model::Caller& caller) {
  CASEBRIDGE_CHECK(project_anew(desk, caller.account));
  AccountSummary summary;
  const Result<void> read = desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(summary, read_all(desk, tx, caller.account));
    return {};
  });
  if (!read) return read.error();
  return summary;
}

}  // namespace casebridge::desk
