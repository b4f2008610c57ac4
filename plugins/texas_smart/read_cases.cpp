// The list of cases: number, status, role, cause number and county.
#include "core/base/text.hpp"
#include "plugins/texas_smart/codes.hpp"
#include "plugins/texas_smart/datasets.hpp"
#include "plugins/texas_smart/wire_values.hpp"

namespace casebridge::texas_smart {
namespace {

// The county, made a locator by the sub-office "00". Where somebody must be protected, the state leaves it
// out.
Known<std::string> locator_of(const Record& row) {
  const Known<std::string> county = row.maybe_text("County");
  if (!county) return Missing::not_provided;
  if (county->size() != 5 || !text::all_digits(*county)) row.breach("County");
  return *county + "00";
}

model::Order order_of(const std::string& cause_number) {
  model::Order made;
  made.key = cause_number;
  made.order_number = cause_number;
  made.docket = cause_number;
  for (auto* date : {&made.filed, &made.effective, &made.ends, &made.cancelled}) *date = Missing::unsupported;
  for (auto* words : {&made.issuing_state, &made.issuing_locator, &made.tribunal})
    *words = Missing::unsupported;
  made.medical_ordered = Missing::unsupported;
  return made;
}

ListedCase case_of(const Record& row) {
  ListedCase made;
  model::Case& record = made.record;
  record.number = row.mark("number");
  if (!is_case_number(record.number)) row.breach("number");
  record.key = record.number;
  record.status = row.code(row.mark("status"), case_status_of);
  record.viewer_role = row.code(row.mark("role"), role_of);
  record.locator = locator_of(row);
  record.opened = Missing::unsupported;
  record.closed = Missing::unsupported;
  record.closure_reason = Missing::unsupported;
  if (const auto cause = row.maybe_text("CauseNumber")) made.order = order_of(*cause);
  return made;
}

}  // namespace

std::vector<ListedCase> read_cases(const Record& answer) {
  std::vector<ListedCase> cases;
  for (const Record& row : answer.list("Case")) {
    cases.push_back(case_of(row));
    for (std::size_t i = 0; i + 1 < cases.size(); ++i)
      if (cases[i].record.number == cases.back().record.number) row.breach("number");
  }
  return cases;
}

}  // namespace casebridge::texas_smart
