// The ledger of record: for a debt that two states show, which figure is official, what the other one says,
// and why they differ. One debt is never added to itself. Pure functions.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/federation/case_facts.hpp"
#include "core/federation/pairing.hpp"
#include "core/federation/payment_match.hpp"

namespace casebridge::federation {

struct Figure {
  std::size_t member = 0;  // place in the list of cases
  model::Money amount;
  Known<model::Date> as_of;
};

struct OtherView {
  Figure figure;
  model::Money difference;  // official minus this view
  bool explained = false;   // the difference is what is in transit
};

enum class DebtKind { arrears, interest, fee, current };
std::string_view name_of(DebtKind kind);

struct Debt {
  DebtKind kind = DebtKind::arrears;
  std::string assignee;  // family, state:XX ...; empty: all assignees together
  Figure official;
  std::vector<OtherView> others;
};

enum class LedgerWarning { ledger_mismatch, stale_ledger, unconfirmed };
std::string_view name_of(LedgerWarning warning);

struct ReconciledPair {
  CasePair pair;
  std::size_t official_member = 0;  // whose ledger is official
  std::vector<Debt> debts;          // arrears first; interest and fees of the states that charge them
  model::Money in_transit;          // information only: never subtracted from the official figure
  MatchedPayments payments;
  // Everything owed in both states together. Known only for a confirmed pair with one ledger of record.
  Known<model::Money> combined_arrears;
  std::vector<LedgerWarning> warnings;
};

// Arrears of one case: its own total where it gives one, else the sum of the parts, never both. Interest,
// fees and the current month are not part of it. Not provided when the case shows no line about arrears.
Known<model::Money> arrears_of(const CaseFacts& facts);

// Interest or fees of one case, the sum of their lines. Not provided when the case shows none.
Known<model::Money> charged_by(const CaseFacts& facts, DebtKind kind);

// For a probable or conflicting pair nothing is combined: both figures stand side by side, with the warning
// `unconfirmed`. For a confirmed one the ledger is, in this order: of the state that issued the controlling
// order (its law governs amount and interest, 28 USC 1738B(h)), of the initiating state, of the responding
// state. A state that shows no arrears is passed over. Of one case seen through two doors the newer view
// counts.
ReconciledPair reconcile(std::span<const CaseFacts> cases, const CasePair& pair, model::Date today);

}  // namespace casebridge::federation
