// ReadSummary: what a parent's cases come to over all states. One debt is counted once, and what may be one
// debt is not added up at all.
#pragma once

#include "core/desk/case_view.hpp"
#include "core/desk/cluster_view.hpp"
#include "core/desk/desk.hpp"
#include "core/model/caller.hpp"

namespace casebridge::desk {

// A figure that stands for one debt: of a cluster its official one, else what a case shows by itself.
struct DebtView {
  FigureView official;
  std::string cluster_id;  // empty for a case that is in no cluster
};

struct SummaryDue {
  std::string case_id, jurisdiction;
  DueView due;
};
struct SummaryPayment {
  std::string case_id, jurisdiction;
  LastPaymentView payment;
};

struct AccountSummary {
  int cases_open = 0;
  // agree, differ: what the states of one debt say of it. single_source: no debt is told by two states.
  // not_available: no figure at all, or it is not sure which of them are of one debt.
  std::string agreement = "not_available";
  std::vector<DebtView> debts;
  // Known when every case shows its arrears, no two of them may be one debt, and all are owed the same way.
  std::optional<model::Money> combined{};
  std::string note_key;                      // text for parents: why nothing is added up; empty otherwise
  std::optional<model::Money> in_transit{};  // over confirmed clusters; empty when none can tell
  std::vector<FigureView> interest;
  std::optional<SummaryPayment> last_payment{};                // the newest of all cases
  std::optional<SummaryDue> next_due{};                        // the nearest of all cases; never a sum
  std::vector<std::string> sources_included, sources_missing;  // jurisdictions
  std::optional<std::string> oldest_as_of{};
  Coverage coverage;
};

// Never waits for a state; starts no refresh.
Result<AccountSummary> read_summary(const Desk&, const model::Caller&);

}  // namespace casebridge::desk
