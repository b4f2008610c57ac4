// Reads what federation needs, lets it decide, and puts its places in lists back into ids.
#include "core/desk/reconcile_cases.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace casebridge::desk {
namespace {

using federation::DebtKind;

constexpr std::size_t id_characters = 26;

std::string cluster_id(const Desk& desk, const GatheredCases& cases, const federation::CasePair& pair) {
  std::string a = cases.facts[pair.initiating].record_id, b = cases.facts[pair.responding].record_id;
  if (b < a) std::swap(a, b);
  return "clu_" + text::upper_ascii(desk.vault.fingerprint("cluster", a + '\n' + b).substr(0, id_characters));
}

Cluster cluster_of(const Desk& desk, const GatheredCases& cases, const federation::CasePair& pair,
                   model::Date today) {
  const CaseOrigin& initiating = cases.origins[pair.initiating];
  const CaseOrigin& responding = cases.origins[pair.responding];
  Cluster cluster;
  cluster.id = cluster_id(desk, cases, pair);
  cluster.combined = pair.state == federation::PairState::confirmed && initiating.usable && responding.usable;
  cluster.payments_told =
      cluster.combined && pair.roles_known && initiating.payments_read && responding.payments_read;
  federation::CasePair judged = pair;
  // Figures of different ages are not compared: they stand side by side, as those of an unsure pair do.
  if (!cluster.combined && pair.state == federation::PairState::confirmed)
    judged.state = federation::PairState::probable;
  cluster.pair = federation::reconcile(cases.facts, judged, today);
  cluster.pair.pair = pair;
  if (judged.state != pair.state) cluster.pair.warnings.clear();
  return cluster;
}

void add_debts(ClusterView& view, const GatheredCases& cases, const Cluster& cluster) {
  for (const federation::Debt& debt : cluster.pair.debts) {
    FigureView figure = view_of(cases, debt.official);
    if (debt.kind == DebtKind::interest) {
      view.interest.push_back(std::move(figure));
    } else if (debt.kind == DebtKind::fee) {
      view.fees.push_back(std::move(figure));
    } else if (!cluster.combined) {
      view.others.push_back({std::move(figure), {}, false});
    } else {
      view.official = std::move(figure);
      for (const federation::OtherView& other : debt.others)
        view.others.push_back({view_of(cases, other.figure), other.difference, other.explained});
    }
  }
}

}  // namespace

Result<Reconciliation> reconcile_cases(const Desk& desk, ports::Transaction& tx, const AccountId& account,
                                       const Shelf& shelf, const std::vector<ports::RecordVersion>& cases,
                                       Figures figures) {
  Reconciliation made{gather_cases(shelf, cases), {}};
  const auto pairs = federation::find_pairs(made.cases.facts);
  if (pairs.empty() && figures == Figures::of_pairs) return made;
  CASEBRIDGE_TRY(const auto page, tx.snapshots().current({account, {}, {}, figure_datasets(), {}, {}, 0}));
  const Instant now = desk.clock.now();
  add_figures(made.cases, shelf, page.records, now);
  for (federation::CasePair pair : pairs) {
    pair.state = federation::settled_state(made.cases.facts, pair);
    made.clusters.push_back(cluster_of(desk, made.cases, pair, model::Date::utc(now)));
  }
  return made;
}

FigureView view_of(const GatheredCases& cases, const federation::Figure& figure) {
  return {cases.facts[figure.member].record_id, cases.origins[figure.member].jurisdiction, figure.amount,
          figure.as_of ? std::optional(*figure.as_of) : std::nullopt};
}

ClusterView view_of(const GatheredCases& cases, const Cluster& cluster) {
  const federation::CasePair& pair = cluster.pair.pair;
  ClusterView view;
  view.id = cluster.id;
  view.kind = name_of(pair.kind);
  view.state = name_of(pair.state);
  for (const std::size_t member : {pair.initiating, pair.responding}) {
    const char* role = member == pair.initiating ? "initiating" : "responding";
    view.members.push_back({cases.facts[member].record_id, cases.origins[member].jurisdiction,
                            pair.roles_known ? role : "unknown"});
  }
  add_debts(view, cases, cluster);
  if (cluster.payments_told) view.in_transit = cluster.pair.in_transit;
  if (cluster.combined && cluster.pair.combined_arrears)
    view.combined_arrears = *cluster.pair.combined_arrears;
  for (const federation::LedgerWarning warning : cluster.pair.warnings)
    view.warnings.emplace_back(name_of(warning));
  if (!cluster.combined && pair.state == federation::PairState::confirmed)
    view.warnings.emplace_back("expired_data");
  return view;
}

}  // namespace casebridge::desk
