// What a parent asks first about a case: what is due next, and what was paid last. Made of figures the state
// gave; an aggregate of the state is taken as it is and never added to anything.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/records.hpp"
#include "core/ports/store_cases.hpp"

namespace casebridge::federation {

struct NextDue {
  model::Money amount;
  std::optional<model::Date> date{};  // empty when the schedule does not tell a day
  std::string frequency;              // word of model::Frequency
};
struct LastPayment {
  model::Money amount;
  std::optional<model::Date> date{};
  std::string record_id{};  // empty when only a balance line of the state tells it
};
struct CaseSummary {
  std::optional<NextDue> next_due{};
  std::optional<LastPayment> last_payment{};
};

// From stored records of one case; only cases, obligations, balances and payments are looked at. A body that
// cannot be read counts as not there.
CaseSummary summary_of(const std::vector<ports::RecordVersion>& records, model::Date today);

// First day on or after `today` on which something that began on `starts` falls due; nullopt: not told, or
// over.
std::optional<model::Date> next_due_date(model::Date starts, model::Frequency frequency, model::Date today);

}  // namespace casebridge::federation
