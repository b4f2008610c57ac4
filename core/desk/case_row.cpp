// Facts of a state carry their provenance; figures come from federation's summary and are never made up here.
#include "core/desk/case_row.hpp"

#include <algorithm>

#include "core/desk/record_row.hpp"
#include "core/federation/summary.hpp"

namespace casebridge::desk {
namespace {

// The day on the wall where the state's clocks are: what is due "today" is due there.
model::Date today_at(const ShelvedLink& shelved, Instant now) {
  const std::string zone = shelved.system != nullptr ? shelved.system->time_zone : std::string{};
  return model::Date::in_zone(now, zone).value_or(model::Date::utc(now));
}

void add_figures(CaseView& view, const federation::CaseSummary& summary) {
  if (summary.next_due)
    view.next_due = {summary.next_due->amount, summary.next_due->date, summary.next_due->frequency};
  if (summary.last_payment) {
    view.last_payment = {summary.last_payment->amount, summary.last_payment->date,
                         summary.last_payment->record_id};
  }
}

}  // namespace

const std::vector<std::string>& money_datasets() {
  static const std::vector<std::string> names{"obligations", "balances", "payments"};
  return names;
}

CaseView case_view_of(const Desk& desk, const ShelvedLink& shelved, const ports::RecordVersion& record,
                      const std::vector<ports::RecordVersion>& money) {
  CaseView view{view_of(desk, shelved, record, record.record_id), {}, {}, {}, {}, {}};
  if (shelved.jurisdiction != nullptr) {
    view.agency = shelved.jurisdiction->agency;
    view.portal_url = shelved.jurisdiction->official_url();
    view.phone = shelved.jurisdiction->phone;
  }
  std::vector<ports::RecordVersion> own{record};
  std::copy_if(money.begin(), money.end(), std::back_inserter(own), [&](const ports::RecordVersion& one) {
    return one.link == record.link && one.case_key == record.case_key && one.dataset != record.dataset;
  });
  add_figures(view, federation::summary_of(own, today_at(shelved, desk.clock.now())));
  return view;
}

}  // namespace casebridge::desk
