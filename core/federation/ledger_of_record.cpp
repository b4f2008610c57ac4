// Chooses the official ledger of a pair and puts the other state's figures beside it.
#include "core/federation/ledger_of_record.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace casebridge::federation {

namespace {

using model::Bucket;
using model::Money;

constexpr int stale_days = 35;
constexpr std::int64_t mismatch_cents_min =
    2'500;  // 25.00, or one per cent of the official figure if that is more

bool is_arrears_part(Bucket bucket) {
  switch (bucket) {
    case Bucket::arrears_family:
    case Bucket::arrears_assigned:
    case Bucket::arrears_unspecified:
    case Bucket::medical_arrears:
    case Bucket::spousal_arrears:
    case Bucket::foster_care_arrears:
    case Bucket::judgment: return true;
    default: return false;
  }
}

std::optional<DebtKind> single_kind(Bucket bucket) {
  switch (bucket) {
    case Bucket::interest: return DebtKind::interest;
    case Bucket::fee: return DebtKind::fee;
    default: return std::nullopt;
  }
}

Known<model::Date> date_of(const CaseFacts& facts) { return facts.ledger_date; }

bool issued_the_controlling_order(const CaseFacts& facts) {
  return std::any_of(facts.orders.begin(), facts.orders.end(), [&](const model::Order& order) {
    const auto controlling = order.controlling.value;
    return order.issuing_state && *order.issuing_state == facts.usps &&
           (controlling == model::Controlling::determined || controlling == model::Controlling::presumed);
  });
}

// The state whose law governs the order; of the two, at most one can have issued it. Any of the cases may
// know.
std::optional<std::size_t> issuing_member(std::span<const CaseFacts> cases, const CasePair& pair) {
  const std::size_t members[] = {pair.initiating, pair.responding};
  for (const auto member : members)
    if (issued_the_controlling_order(cases[member])) return member;
  for (const auto teller : members)
    for (const auto& order : cases[teller].orders)
      for (const auto member : members)
        if (order.issuing_state && *order.issuing_state == cases[member].usps &&
            order.controlling.value == model::Controlling::determined)
          return member;
  return std::nullopt;
}

std::size_t choose_official(std::span<const CaseFacts> cases, const CasePair& pair) {
  const auto issuing = issuing_member(cases, pair);
  const std::size_t order[] = {issuing.value_or(pair.initiating), pair.initiating, pair.responding};
  for (const auto member : order)
    if (arrears_of(cases[member])) return member;
  return order[0];
}

// Of two views of one case the newer one; of equally new ones that of the account that tells more of the
// case.
std::size_t choose_newer(std::span<const CaseFacts> cases, const CasePair& pair) {
  const CaseFacts &a = cases[pair.initiating], &b = cases[pair.responding];
  if (!arrears_of(a) || !arrears_of(b)) return arrears_of(a) ? pair.initiating : pair.responding;
  if (a.ledger_date && b.ledger_date && *a.ledger_date != *b.ledger_date)
    return *a.ledger_date < *b.ledger_date ? pair.responding : pair.initiating;
  return a.content.participants.size() < b.content.participants.size() ? pair.responding : pair.initiating;
}

// What came in after the day of the older view, as the newer one tells it.
Money paid_between(const CaseFacts& newer, const CaseFacts& older) {
  Money sum;
  if (!older.ledger_date || !newer.ledger_date) return sum;
  for (const model::Payment& payment : newer.payments) {
    const auto& day = payment.posted ? payment.posted : payment.collected;
    if (day && *older.ledger_date < *day && !(*newer.ledger_date < *day))
      sum = add(sum, payment.amount).value_or(sum);
  }
  return sum;
}

std::int64_t mismatch_limit(Money official) {
  return std::max(mismatch_cents_min, std::abs(official.cents) / 100);
}

// A state that writes zero charges nothing, and has nothing to say about what the other one charges.
Known<Money> truly_charged_by(const CaseFacts& facts, DebtKind kind) {
  const Known<Money> amount = charged_by(facts, kind);
  return amount && amount->cents == 0 ? Known<Money>(Missing::absent) : amount;
}

// Interest and fees stand in the ledger of the state that charges them; shown by both, the official one
// counts.
void add_single_kinds(std::span<const CaseFacts> cases, ReconciledPair& result) {
  const std::size_t other =
      result.official_member == result.pair.initiating ? result.pair.responding : result.pair.initiating;
  for (const DebtKind kind : {DebtKind::interest, DebtKind::fee}) {
    const auto mine = truly_charged_by(cases[result.official_member], kind);
    const auto theirs = truly_charged_by(cases[other], kind);
    if (!mine && !theirs) continue;
    Debt debt;
    debt.kind = kind;
    const std::size_t teller = mine ? result.official_member : other;
    debt.official = {teller, mine ? *mine : *theirs, date_of(cases[teller])};
    if (mine && theirs)
      debt.others.push_back(
          {{other, *theirs, date_of(cases[other])}, {mine->cents - theirs->cents}, *mine == *theirs});
    result.debts.push_back(std::move(debt));
  }
}

void warn_of_stale_ledger(std::span<const CaseFacts> cases, ReconciledPair& result, model::Date today) {
  const auto& date = cases[result.official_member].ledger_date;
  if (date && date->days_until(today) > stale_days) result.warnings.push_back(LedgerWarning::stale_ledger);
}

void add_arrears(std::span<const CaseFacts> cases, ReconciledPair& result) {
  const std::size_t official = result.official_member;
  const std::size_t other =
      official == result.pair.initiating ? result.pair.responding : result.pair.initiating;
  const auto mine = arrears_of(cases[official]);
  const auto theirs = arrears_of(cases[other]);
  if (!mine) return;
  Debt debt;
  debt.official = {official, *mine, date_of(cases[official])};
  if (theirs) {
    OtherView view{{other, *theirs, date_of(cases[other])}, {mine->cents - theirs->cents}, false};
    // Money on its way lowers the responding state's figure first; time that passed, that of the newer view.
    std::int64_t expected =
        other == result.pair.responding ? result.in_transit.cents : -result.in_transit.cents;
    if (result.pair.kind == PairKind::same_case)
      expected = -paid_between(cases[official], cases[other]).cents;
    const std::int64_t unexplained = std::abs(view.difference.cents - expected);
    view.explained = unexplained == 0;
    if (unexplained > mismatch_limit(*mine)) result.warnings.push_back(LedgerWarning::ledger_mismatch);
    debt.others.push_back(view);
  }
  result.debts.insert(result.debts.begin(), std::move(debt));
  result.combined_arrears = *mine;
}

// Each state's figure alone: what is not confirmed is neither added nor compared.
void stand_side_by_side(std::span<const CaseFacts> cases, ReconciledPair& result) {
  for (const auto member : {result.pair.initiating, result.pair.responding}) {
    const auto arrears = arrears_of(cases[member]);
    if (!arrears) continue;
    Debt debt;
    debt.official = {member, *arrears, date_of(cases[member])};
    result.debts.push_back(std::move(debt));
  }
  result.warnings.push_back(LedgerWarning::unconfirmed);
}

}  // namespace

std::string_view name_of(DebtKind kind) {
  switch (kind) {
    case DebtKind::arrears: return "arrears";
    case DebtKind::interest: return "interest";
    case DebtKind::fee: return "fee";
    case DebtKind::current: return "current";
  }
  return "arrears";
}

std::string_view name_of(LedgerWarning warning) {
  switch (warning) {
    case LedgerWarning::ledger_mismatch: return "ledger_mismatch";
    case LedgerWarning::stale_ledger: return "stale_ledger";
    case LedgerWarning::unconfirmed: return "unconfirmed";
  }
  return "unconfirmed";
}

Known<Money> arrears_of(const CaseFacts& facts) {
  Known<Money> parts;
  for (const auto& line : facts.balances) {
    if (line.bucket.value == Bucket::total_arrears) return line.amount;
    if (line.is_aggregate || !is_arrears_part(line.bucket.value)) continue;
    const auto added = add(parts ? *parts : Money{}, line.amount);
    if (!added) return Missing::not_provided;
    parts = *added;
  }
  return parts;
}

Known<Money> charged_by(const CaseFacts& facts, DebtKind kind) {
  Known<Money> sum;
  for (const auto& line : facts.balances) {
    if (line.is_aggregate || single_kind(line.bucket.value) != kind) continue;
    const auto added = add(sum ? *sum : Money{}, line.amount);
    if (!added) return Missing::not_provided;
    sum = *added;
  }
  return sum;
}

ReconciledPair reconcile(std::span<const CaseFacts> cases, const CasePair& pair, model::Date today) {
  ReconciledPair result;
  result.pair = pair;
  if (pair.state != PairState::confirmed) {
    stand_side_by_side(cases, result);
    return result;
  }
  const auto& initiating = cases[pair.initiating];
  const auto& responding = cases[pair.responding];
  // Only where it is known who collects for whom can a payment be said to be on its way.
  if (pair.roles_known) {
    result.payments = match_payments(initiating.payments, responding.payments, initiating.ledger_date);
    result.in_transit = result.payments.in_transit_amount;
  }
  const bool one_case = pair.kind == PairKind::same_case;
  result.official_member = one_case ? choose_newer(cases, pair) : choose_official(cases, pair);
  add_arrears(cases, result);
  // Without roles and without a controlling order, the official ledger is only the first of two.
  if (!one_case && !pair.roles_known && !issuing_member(cases, pair))
    result.combined_arrears = Missing::not_provided;
  add_single_kinds(cases, result);
  warn_of_stale_ledger(cases, result, today);
  return result;
}

}  // namespace casebridge::federation
