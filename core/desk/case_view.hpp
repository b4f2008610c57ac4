// CaseView: a case with what a parent needs first: the official door, the phone, the next due date, the last
// payment.
#pragma once

#include "core/desk/record_view.hpp"
#include "core/model/date.hpp"
#include "core/model/money.hpp"
#include "core/ports/systems.hpp"

namespace casebridge::desk {

struct DueView {
  model::Money amount;
  std::optional<model::Date> date{};  // empty when the schedule does not tell a day
  std::string frequency;
};
struct LastPaymentView {
  model::Money amount;
  std::optional<model::Date> date{};
  std::string record_id;  // led_...; empty when only the balance line of the state tells it
};

struct CaseView {
  RecordView record;
  ports::Fact agency, portal_url, phone;  // with provenance, of the case's jurisdiction
  std::optional<DueView> next_due{};
  std::optional<LastPaymentView> last_payment{};
};

}  // namespace casebridge::desk
