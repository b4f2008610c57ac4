// From one good answer of the service to records: a reader for each kind. Breaches go to the Reading; with
// one, the records are not to be used.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/adapter_messages.hpp"
#include "core/model/records.hpp"
#include "plugins/texas_smart/record.hpp"

namespace casebridge::texas_smart {

// A case as the list shows it: the service has no more to tell of one.
struct ListedCase {
  model::Case record{};
  std::optional<model::Order> order{};  // from the cause number, when there is one
};
std::vector<ListedCase> read_cases(const Record& answer);

struct Balance {
  std::vector<model::BalanceLine> lines{};
  Known<model::Date> as_of{};
};
// `state` is whose share an assigned amount is: TX.
Balance read_balance(const Record& answer, const std::string& case_number, const std::string& state);

struct PaymentsPage {
  std::vector<model::Payment> payments{};
  int pages = 1;
};
// `page` is the number that was asked for.
PaymentsPage read_payments(const Record& answer, const std::string& case_number, int page);

std::vector<model::EnforcementAction> read_enforcement(const Record& answer);
std::vector<model::Document> read_documents(const Record& answer);
// Whole: as many octets as the answer says, of the kind it says.
model::DocumentContent read_document(const Record& answer, const std::string& key);

}  // namespace casebridge::texas_smart
