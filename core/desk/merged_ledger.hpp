// MergedLedger: a payment that one state collected and the other received is one payment, with its legs.
#pragma once

#include <map>
#include <set>
#include <string>

#include "core/desk/reconcile_cases.hpp"
#include "core/desk/record_view.hpp"

namespace casebridge::desk {

struct LedgerMark {
  std::vector<LedgerLeg> legs;
  std::vector<std::string> same_as;  // led_... of the other state's record of the same payment
  bool in_transit = false;           // collected by one state, not yet seen at the other
};

struct MergedLedger {
  std::map<std::string, LedgerMark> marks;  // by led_...
  std::set<std::string> left_out;           // told by another record already
};

// Of confirmed clusters only; empty otherwise.
MergedLedger merged_ledger(const Reconciliation& reconciliation);
// With legs in the merged list; a list of one case shows that state's own view and names the other record.
void put_mark(RecordView& view, const MergedLedger& ledger, bool merged);

}  // namespace casebridge::desk
