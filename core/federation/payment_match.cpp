// Greedy by the closest date; then small sums that one remittance may have carried together.
#include "core/federation/payment_match.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <optional>

namespace casebridge::federation {

namespace {

constexpr int days_apart_max = 10;
constexpr std::size_t sum_parts_max = 4;

using model::Payment;

bool is_money(const Payment& payment) {
  return payment.amount.cents > 0 && !payment.is_memo &&
         payment.status.value != model::PaymentStatus::reversed &&
         payment.source.value != model::SourceClass::adjustment && !payment.adjusts;
}

std::optional<int> days_between(const Payment& a, const Payment& b) {
  if (!a.collected || !b.collected) return std::nullopt;
  return std::abs(a.collected->days_until(*b.collected));
}

class Matcher {
 public:
  Matcher(std::span<const Payment> received, std::span<const Payment> collected)
      : received_(received),
        collected_(collected),
        used_(collected.size(), false),
        taken_(received.size(), false) {}

  MatchedPayments run(const Known<model::Date>& ledger_date) {
    for (std::size_t r = 0; r < received_.size(); ++r)
      if (comes_from_a_state(received_[r])) match_one(r);
    for (std::size_t r = 0; r < received_.size(); ++r)
      if (!taken_[r] && comes_from_a_state(received_[r])) match_sum(r);
    find_in_transit(ledger_date);
    return std::move(found_);
  }

 private:
  static bool comes_from_a_state(const Payment& payment) {
    return is_money(payment) && payment.source.value == model::SourceClass::other_state;
  }

  void match_one(std::size_t r) {
    std::optional<std::size_t> best;
    int best_days = days_apart_max + 1;
    bool tie = false;
    for (std::size_t c = 0; c < collected_.size(); ++c) {
      if (used_[c] || !is_money(collected_[c]) || collected_[c].amount != received_[r].amount) continue;
      const auto days = days_between(received_[r], collected_[c]);
      if (!days || *days > best_days || *days > days_apart_max) continue;
      // Equal in amount and date is interchangeable; equally far on two sides is not.
      tie = best && *days == best_days && !(collected_[*best].collected == collected_[c].collected);
      if (*days < best_days || !best) best = c;
      best_days = *days;
    }
    if (!best) return;
    if (tie) return flag_all(r, best_days);
    used_[*best] = true;
    taken_[r] = true;
    found_.matches.push_back({r, {*best}});
  }

  void flag_all(std::size_t r, int days) {
    for (std::size_t c = 0; c < collected_.size(); ++c)
      if (!used_[c] && is_money(collected_[c]) && collected_[c].amount == received_[r].amount &&
          days_between(received_[r], collected_[c]) == days)
        found_.ambiguous.push_back(c);
  }

  // One receipt may carry several collections; only a single way to make the sum counts.
  void match_sum(std::size_t r) {
    std::vector<std::size_t> near;
    for (std::size_t c = 0; c < collected_.size(); ++c) {
      const auto days = days_between(received_[r], collected_[c]);
      if (!used_[c] && is_money(collected_[c]) && days && *days <= days_apart_max) near.push_back(c);
    }
    if (near.size() > 16)
      return;  // more than a family's remittance ever holds: too many ways to be sure of one
    std::vector<std::vector<std::size_t>> ways;
    for (unsigned mask = 1; mask < (1u << near.size()); ++mask) {
      const auto count = static_cast<std::size_t>(std::popcount(mask));
      if (count < 2 || count > sum_parts_max) continue;
      std::vector<std::size_t> parts;
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < near.size(); ++i)
        if (mask & (1u << i)) {
          parts.push_back(near[i]);
          sum += collected_[near[i]].amount.cents;
        }
      if (sum == received_[r].amount.cents) ways.push_back(std::move(parts));
    }
    if (ways.size() == 1) {
      for (const auto c : ways.front()) used_[c] = true;
      taken_[r] = true;
      found_.matches.push_back({r, std::move(ways.front())});
    } else if (ways.size() > 1) {
      found_.ambiguous.insert(found_.ambiguous.end(), ways.front().begin(), ways.front().end());
    }
  }

  void find_in_transit(const Known<model::Date>& ledger_date) {
    if (!ledger_date) return;
    const model::Date oldest = ledger_date->plus_days(-days_apart_max);
    for (std::size_t c = 0; c < collected_.size(); ++c) {
      const Payment& payment = collected_[c];
      const bool unclear =
          std::find(found_.ambiguous.begin(), found_.ambiguous.end(), c) != found_.ambiguous.end();
      if (used_[c] || unclear || !is_money(payment) || !payment.collected || !(*payment.collected > oldest))
        continue;
      found_.in_transit.push_back(c);
      found_.in_transit_amount.cents += payment.amount.cents;
    }
  }

  std::span<const Payment> received_, collected_;
  std::vector<bool> used_, taken_;
  MatchedPayments found_;
};

}  // namespace

MatchedPayments match_payments(std::span<const Payment> received, std::span<const Payment> collected,
                               const Known<model::Date>& ledger_date) {
  return Matcher(received, collected).run(ledger_date);
}

}  // namespace casebridge::federation
