// Counts what nobody could name, for the operator.
#include "plugins/ohio_csenet/datasets.hpp"

namespace casebridge::ohio_csenet {
namespace {

template <class Enum>
int count(const model::Coded<Enum>& code) {
  return code.raw.empty() ? 0 : 1;
}

int count(const model::Case& one) {
  int sum = count(one.assistance) + count(one.status) + count(one.processing);
  for (const model::Participant& person : one.participants) sum += count(person.role);
  for (const model::IntergovRef& reference : one.intergov) sum += count(reference.my_role);
  return sum;
}
int count(const model::Order& one) {
  int sum = count(one.type) + count(one.controlling);
  for (const model::Obligation& owed : one.obligations) sum += count(owed.debt_type) + count(owed.frequency);
  return sum;
}
int count(const model::Payment& one) { return count(one.source); }
int count(const model::Event& one) { return count(one.kind); }
// Of the other records the adapter itself chooses every word.
template <class Record>
int count(const Record&) {
  return 0;
}

}  // namespace

int unknown_codes(const model::Records& records) {
  return std::visit(
      [](const auto& list) {
        int sum = 0;
        for (const auto& one : list) sum += count(one);
        return sum;
      },
      records);
}

}  // namespace casebridge::ohio_csenet
