// Next due and last payment of one case.
#include "core/federation/summary.hpp"

#include <algorithm>

#include "core/model/adapter_codec.hpp"

namespace casebridge::federation {
namespace {

using model::Date;
using model::Frequency;
using model::Money;

template <class R>
struct Kept {
  std::string record_id;
  R record;
};

template <class R>
std::vector<Kept<R>> kept(const std::vector<ports::RecordVersion>& rows, model::Dataset dataset) {
  std::vector<Kept<R>> found;
  for (const ports::RecordVersion& row : rows) {
    if (row.dataset != model::name_of(dataset)) continue;
    Result<model::Records> read = model::decode_records(dataset, "[" + row.body + "]");
    if (read) found.push_back({row.record_id, std::move(std::get<std::vector<R>>(*read).front())});
  }
  return found;
}

std::vector<model::Obligation> kept_obligations(const std::vector<ports::RecordVersion>& rows) {
  std::vector<model::Obligation> found;
  for (const ports::RecordVersion& row : rows) {
    if (row.dataset != "obligations") continue;
    Result<model::Obligation> read = model::decode_obligation(row.body);
    if (read) found.push_back(std::move(*read));
  }
  return found;
}

std::optional<int> days_between(Frequency frequency) {
  if (frequency == Frequency::weekly) return 7;
  if (frequency == Frequency::biweekly) return 14;
  return std::nullopt;
}

std::optional<int> months_between(Frequency frequency) {
  switch (frequency) {
    case Frequency::monthly: return 1;
    case Frequency::bimonthly: return 2;
    case Frequency::quarterly: return 3;
    case Frequency::semiannual: return 6;
    case Frequency::annual: return 12;
    default: return std::nullopt;
  }
}

// The same day of a later month, or that month's last one.
Date plus_months(Date day, int months) {
  const int month = day.year() * 12 + static_cast<int>(day.month()) - 1 + months;
  for (unsigned last = day.day();; --last)
    if (const auto found = Date::of(month / 12, static_cast<unsigned>(month % 12) + 1, last)) return *found;
}

bool runs(const model::Obligation& obligation, Date today) {
  if (obligation.concurrent.value == model::Concurrent::secondary) return false;  // told by its other state
  if (obligation.frequency.value == Frequency::none || obligation.amount.cents == 0) return false;
  const bool paid_once = obligation.frequency.value == Frequency::once;
  if (paid_once && obligation.starts && *obligation.starts < today) return false;
  return !obligation.ends || !(*obligation.ends < today);
}

std::optional<Date> due_date(const model::Obligation& obligation, Date today) {
  if (!obligation.starts) return std::nullopt;
  const std::optional<Date> date = next_due_date(*obligation.starts, obligation.frequency.value, today);
  return date && obligation.ends && *obligation.ends < *date ? std::nullopt : date;
}

// What the order asks for on a due day: current support, and the payment on arrears that goes with it.
std::optional<Money> asked(const model::Obligation& obligation) {
  const bool together = obligation.arrears_amount && obligation.arrears_frequency &&
                        obligation.arrears_frequency->value == obligation.frequency.value;
  return together ? add(obligation.amount, *obligation.arrears_amount) : obligation.amount;
}

// Known days come first, the nearest first.
bool before(const NextDue& a, const NextDue& b) {
  if (a.date.has_value() != b.date.has_value()) return a.date.has_value();
  return a.date && *a.date < *b.date;
}

std::optional<NextDue> next_due(const std::vector<model::Obligation>& obligations, Date today) {
  std::vector<NextDue> dues;
  for (const model::Obligation& obligation : obligations) {
    const std::optional<Money> amount = runs(obligation, today) ? asked(obligation) : std::nullopt;
    if (!amount) continue;
    const NextDue due{*amount, due_date(obligation, today), std::string(name_of(obligation.frequency.value))};
    const auto same = std::find_if(dues.begin(), dues.end(), [&](const NextDue& other) {
      return other.date == due.date && other.frequency == due.frequency;
    });
    const std::optional<Money> sum = same == dues.end() ? std::nullopt : add(same->amount, due.amount);
    if (sum)
      same->amount = *sum;
    else
      dues.push_back(due);
  }
  const auto first = std::min_element(dues.begin(), dues.end(), before);
  return first == dues.end() ? std::nullopt : std::optional(*first);
}

using Payments = std::vector<Kept<model::Payment>>;

const Known<Date>& day_of(const model::Payment& payment) {
  return payment.collected ? payment.collected : payment.posted;
}

// A correction is no payment, and a payment that was taken back whole did not happen.
bool is_payment(const model::Payment& payment, const Payments& all) {
  if (payment.status.value == model::PaymentStatus::reversed || payment.amount.cents <= 0) return false;
  if (payment.is_memo) return false;
  if (payment.adjusts || payment.source.value == model::SourceClass::adjustment) return false;
  return std::none_of(all.begin(), all.end(), [&](const Kept<model::Payment>& other) {
    return other.record.adjusts && *other.record.adjusts == payment.key &&
           add(other.record.amount, payment.amount) == Money{0};
  });
}

std::optional<LastPayment> last_payment(const Payments& payments,
                                        const std::vector<Kept<model::BalanceLine>>& lines) {
  std::optional<LastPayment> last;
  for (const Kept<model::Payment>& entry : payments) {
    if (!is_payment(entry.record, payments)) continue;
    const Known<Date>& day = day_of(entry.record);
    if (!day || (last && !(*last->date < *day))) continue;
    last = LastPayment{entry.record.amount, *day, entry.record_id};
  }
  if (last) return last;
  for (const Kept<model::BalanceLine>& line : lines) {
    if (line.record.bucket.value != model::Bucket::last_payment) continue;
    const Known<Date>& day = line.record.period_to ? line.record.period_to : line.record.as_of;
    return LastPayment{line.record.amount, day ? std::optional(*day) : std::nullopt};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Date> next_due_date(Date starts, Frequency frequency, Date today) {
  if (!(starts < today)) return starts;
  if (const std::optional<int> days = days_between(frequency)) {
    const int late = starts.days_until(today) % *days;
    return late == 0 ? today : today.plus_days(*days - late);
  }
  const std::optional<int> months = months_between(frequency);
  if (!months) return std::nullopt;
  const int passed = (today.year() - starts.year()) * 12 + static_cast<int>(today.month()) -
                     static_cast<int>(starts.month());
  for (int step = passed / *months;; ++step)
    if (const Date due = plus_months(starts, step * *months); !(due < today)) return due;
}

CaseSummary summary_of(const std::vector<ports::RecordVersion>& records, Date today) {
  CaseSummary made;
  const auto lines = kept<model::BalanceLine>(records, model::Dataset::balances);
  made.last_payment = last_payment(kept<model::Payment>(records, model::Dataset::payments), lines);
  const auto cases = kept<model::Case>(records, model::Dataset::cases);
  const bool closed = !cases.empty() && cases.front().record.status.value == model::CaseStatus::closed;
  if (closed) return made;
  made.next_due = next_due(kept_obligations(records), today);
  if (made.next_due) return made;
  for (const Kept<model::BalanceLine>& line : lines)
    if (line.record.bucket.value == model::Bucket::monthly_due)
      made.next_due = NextDue{line.record.amount, std::nullopt, "monthly"};
  return made;
}

}  // namespace casebridge::federation
