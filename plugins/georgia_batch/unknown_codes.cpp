// A code with its own spelling is one that no table has.
#include "plugins/georgia_batch/unknown_codes.hpp"

namespace casebridge::georgia_batch {
namespace {

template <class... Enum>
int raw(const model::Coded<Enum>&... codes) {
  return ((codes.raw.empty() ? 0 : 1) + ... + 0);
}

int count_of(const model::Case& one) {
  int sum = raw(one.assistance, one.status, one.processing);
  for (const model::Participant& person : one.participants) sum += raw(person.role);
  for (const model::IntergovRef& reference : one.intergov) sum += raw(reference.my_role);
  return sum;
}
int count_of(const model::Order& one) {
  int sum = raw(one.type, one.controlling);
  for (const model::Obligation& owed : one.obligations)
    sum += raw(owed.debt_type, owed.frequency, owed.concurrent) +
           (owed.arrears_frequency ? raw(*owed.arrears_frequency) : 0);
  return sum;
}
int count_of(const model::BalanceLine& one) { return raw(one.bucket); }
int count_of(const model::Payment& one) { return raw(one.source, one.status); }
int count_of(const model::Disbursement& one) { return raw(one.method, one.status); }
int count_of(const model::EnforcementAction& one) { return raw(one.kind, one.status); }
int count_of(const model::Event& one) { return raw(one.kind); }
int count_of(const model::ContactPoint& one) { return raw(one.kind); }
// Not offered here.
int count_of(const model::Document&) { return 0; }
int count_of(const model::Message&) { return 0; }

}  // namespace

int unknown_codes(const model::Records& records) {
  return std::visit(
      [](const auto& list) {
        int sum = 0;
        for (const auto& one : list) sum += count_of(one);
        return sum;
      },
      records);
}

}  // namespace casebridge::georgia_batch
