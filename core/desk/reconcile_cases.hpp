// ReconcileCases: which cases of an account are one debt that two states show, and what each state says of
// it.
#pragma once

#include <string>
#include <vector>

#include "core/desk/cluster_view.hpp"
#include "core/desk/gather_cases.hpp"
#include "core/federation/ledger_of_record.hpp"

namespace casebridge::desk {

struct Cluster {
  std::string id;  // clu_...: the same as long as its members are
  federation::ReconciledPair pair;
  bool combined = false;       // confirmed, and no figure of it has expired
  bool payments_told = false;  // by both states: what is on its way is known
};

struct Reconciliation {
  GatheredCases cases;
  std::vector<Cluster> clusters;
};

enum class Figures {
  of_pairs,  // nothing but cases is read for an account without pairs
  of_all,
};
// `cases` are all of the account's, from the same transaction.
Result<Reconciliation> reconcile_cases(const Desk& desk, ports::Transaction& tx, const AccountId& account,
                                       const Shelf& shelf, const std::vector<ports::RecordVersion>& cases,
                                       Figures figures);

FigureView view_of(const GatheredCases& cases, const federation::Figure& figure);
ClusterView view_of(const GatheredCases& cases, const Cluster& cluster);

}  // namespace casebridge::desk
