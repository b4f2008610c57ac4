// CaseFacts: everything that is stored of one case, as the pairing and the ledger of record look at it.
#pragma once

#include <string>
#include <vector>

#include "core/model/identifier.hpp"
#include "core/model/records.hpp"

namespace casebridge::federation {

struct CaseFacts {
  std::string record_id;          // cas_...
  std::string usps;               // of the case's state: TX
  model::IdentifierForm number_form{};  // how that state writes its case numbers
  // Strictest of the state's policy and what the adapter told of the case.
  model::SafetyLevel safety = model::SafetyLevel::none;
  model::Case content;
  std::vector<model::Order> orders;
  std::vector<model::BalanceLine> balances;
  std::vector<model::Payment> payments;
  std::vector<model::Disbursement> disbursements;
  Known<model::Date> ledger_date;  // the state's own date of its balances
};

}  // namespace casebridge::federation
