// Record by record; then a matching of two lists.
#include "tests/formats/amounts.hpp"

#include <algorithm>
#include <variant>

namespace casebridge::formats {
namespace {

class Collector {
 public:
  void operator()(const std::vector<model::Order>& orders) {
    for (const auto& order : orders)
      for (const auto& owed : order.obligations) {
        put("obligation", owed.amount);
        if (owed.arrears_amount) put("arrears payment", *owed.arrears_amount);
      }
  }
  void operator()(const std::vector<model::BalanceLine>& lines) {
    for (const auto& line : lines) put_bucket("balance", line.bucket, line.amount);
  }
  void operator()(const std::vector<model::Payment>& payments) {
    for (const auto& payment : payments) {
      put("payment", payment.amount);
      for (const auto& part : payment.allocations) put_bucket("allocation", part.bucket, part.amount);
    }
  }
  void operator()(const std::vector<model::Disbursement>& disbursements) {
    for (const auto& one : disbursements) put("disbursement", one.amount);
  }
  template <class Other>
  void operator()(const std::vector<Other>&) {}

  std::vector<Amount> take() { return std::move(amounts_); }

 private:
  void put(const char* of, model::Money amount) { amounts_.push_back({of, true, amount.cents}); }
  void put_bucket(const std::string& of, const model::Coded<model::Bucket>& bucket, model::Money amount) {
    const bool named = bucket.value != model::Bucket::unknown;
    amounts_.push_back({of + " " + std::string(model::name_of(bucket.value)), named, amount.cents});
  }

  std::vector<Amount> amounts_;
};

bool is_same(const Amount& before, const Amount& now) {
  if (before.cents != now.cents) return false;
  const auto kind = [](const Amount& one) { return one.of.substr(0, one.of.find(' ')); };
  return before.of == now.of || (!now.named && kind(before) == kind(now));
}

}  // namespace

std::vector<Amount> amounts_of(const Told& told) {
  Collector collector;
  for (const model::DatasetAnswer& answer : told.content.datasets)
    if (const auto* content = std::get_if<model::DatasetContent>(&answer.answer))
      std::visit([&](const auto& records) { collector(records); }, content->records);
  return collector.take();
}

Comparison compare(const std::vector<Amount>& before, const std::vector<Amount>& now) {
  std::vector<Amount> left = before;
  for (const Amount& one : now) {
    const auto found =
        std::find_if(left.begin(), left.end(), [&](const Amount& other) { return is_same(other, one); });
    if (found == left.end()) return Comparison::wrong;
    left.erase(found);
  }
  return left.empty() ? Comparison::same : Comparison::fewer;
}

}  // namespace casebridge::formats
