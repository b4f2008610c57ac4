// Payment matching: a payment that one state collected and passed on is one payment, seen twice.
#pragma once

#include <span>
#include <vector>

#include "core/model/records.hpp"

namespace casebridge::federation {

struct PaymentMatch {
  std::size_t received = 0;  // place in the initiating state's payments
  std::vector<std::size_t>
      collected;  // places in the responding state's payments; several: remitted together
};

struct MatchedPayments {
  std::vector<PaymentMatch> matches;
  // Collected, not (yet) seen at the initiating state, and young enough to be on the way: collected later
  // than ten days before the date of the initiating state's ledger.
  std::vector<std::size_t> in_transit;
  std::vector<std::size_t> ambiguous;  // collected ones with more than one equally good partner
  model::Money in_transit_amount;
};

// Equal amounts, collection dates at most ten days apart (the collection date travels with the money, 45 CFR
// 303.100), and the initiating state says that it came from another state. Adjustments and reversed payments
// are no money on the way. `ledger_date` is the initiating state's own; without it nothing is called in
// transit.
MatchedPayments match_payments(std::span<const model::Payment> received,
                               std::span<const model::Payment> collected,
                               const Known<model::Date>& ledger_date);

}  // namespace casebridge::federation
