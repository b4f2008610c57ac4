// From one good answer of the service to records: a reader for each operation. Breaches go to the Reading;
// with one, the records are not to be used.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/model/adapter_messages.hpp"
#include "core/model/records.hpp"
#include "plugins/kansas_quick/record.hpp"

namespace casebridge::kansas_quick {

// Whose answer it must be, and how old its oldest record may be.
struct Scope {
  std::string case_number;
  std::string state;  // whose share an assigned amount is: KS
  model::Date from;
  model::Date today;
};

// The case that an answer is about; a breach when it is another one than `expected`, which may be empty.
std::string read_case_number(const Record& holder, const std::string& expected);

std::vector<model::CaseHandle> read_list(const Record& answer);

struct Financial {
  model::Coded<model::Assistance> assistance{};
  std::vector<model::Order> orders{};
  std::vector<model::BalanceLine> balances{};
  std::vector<model::Payment> payments{};
  std::vector<model::Disbursement> disbursements{};
  Known<model::Date> as_of{};
  bool payments_cut = false;  // older ones were left out by the state
  bool disbursements_cut = false;
};
Financial read_financial(const Record& answer, const Scope& scope);

// Parts of a financial answer.
struct Amounts {
  std::vector<model::BalanceLine> lines{};
  Known<model::Money> arrears_payment{};  // a month, over all obligations
  Known<model::Date> as_of{};
};
Amounts read_amounts(const Record& answer, const std::string& state);
std::vector<model::Payment> read_payments(const Record& list, model::Date from);
std::vector<model::Disbursement> read_disbursements(const Record& list, model::Date from);

struct Activities {
  Known<model::Date> opened{};
  Known<model::Date> closed{};
  Known<std::string> closure_reason{};
  std::vector<model::EnforcementAction> enforcement{};
};
Activities read_activities(const Record& answer, const Scope& scope);

struct Participants {
  model::Coded<model::CaseStatus> status{};
  std::vector<model::Participant> people{};
  std::vector<model::IntergovRef> references{};
};
Participants read_participants(const Record& answer, const Scope& scope);

std::vector<model::ContactPoint> read_contacts(const Record& answer, const Scope& scope);

// Within one answer: the first user of a key keeps it, the next ones get "~2", "~3" ...
class KeyRing {
 public:
  std::string unique(const std::string& key) {
    std::string made = key;
    for (int times = 2; !taken_.insert(made).second; ++times) made = key + "~" + std::to_string(times);
    return made;
  }

 private:
  std::set<std::string> taken_;
};

}  // namespace casebridge::kansas_quick
