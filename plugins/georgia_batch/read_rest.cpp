// Orders with their obligations, enforcement, events, contacts.
#include "plugins/georgia_batch/codes.hpp"
#include "plugins/georgia_batch/kept_case.hpp"
#include "plugins/georgia_batch/unique_keys.hpp"
#include "plugins/georgia_batch/wire_values.hpp"

namespace casebridge::georgia_batch {
namespace {

using RowText = std::vector<std::string>;
using model::Role;

model::Order order_of(const RowText& row) {
  model::Order made;
  made.key = field(row, 2);
  made.order_number = field(row, 2);
  made.docket = known_text(field(row, 3));
  made.issuing_state = known_text(field(row, 4));
  made.issuing_locator = known_text(field(row, 5));
  made.tribunal = known_text(field(row, 6));
  made.type = coded<model::OrderType>(field(row, 7));
  made.filed = known_date(field(row, 8));
  made.effective = known_date(field(row, 9));
  made.ends = known_date(field(row, 10));
  made.cancelled = known_date(field(row, 11));
  made.controlling = coded<model::Controlling>(field(row, 12));
  made.medical_ordered = known_flag(field(row, 13));
  return made;
}

model::Obligation obligation_of(const RowText& row) {
  model::Obligation made;
  made.order_key = field(row, 2);
  made.key = made.order_key + "/" + std::string(field(row, 3));
  made.debt_type = coded<model::DebtType>(field(row, 4));
  made.amount = {parse_amount(field(row, 5)).value_or(0)};
  made.frequency = coded<model::Frequency>(field(row, 6));
  const auto arrears = parse_amount(field(row, 7));
  made.arrears_amount = arrears ? Known<model::Money>(model::Money{*arrears}) : Missing::absent;
  made.arrears_frequency =
      field(row, 8).empty() ? Known<model::Coded<model::Frequency>>(Missing::absent)
                            : Known<model::Coded<model::Frequency>>(coded<model::Frequency>(field(row, 8)));
  made.starts = known_date(field(row, 9));
  made.ends = known_date(field(row, 10));
  if (!field(row, 11).empty()) made.concurrent = coded<model::Concurrent>(field(row, 11));
  return made;
}

// A putative father sees what is for the parent who pays, another caretaker what is for the one who receives,
// where there is no such parent. What could be for somebody else of the same role is for nobody.
bool is_for(Role role, const KeptCase& kept) {
  if (!kept.is_alone_in_role) return false;
  if (role == kept.role) return true;
  if (kept.has(role)) return false;
  return (role == Role::noncustodial_parent && kept.role == Role::putative_father) ||
         (role == Role::custodial_party && kept.role == Role::caretaker_other);
}

bool is_for(std::string_view whom, const KeptCase& kept) {
  const auto role = model::parse_name<Role>(whom);
  return role ? is_for(*role, kept) : whom.empty();
}

std::string local_text(std::string_view moment) { return local_time(*parse_instant(moment)).text(); }

model::Event event_of(const RowText& row) {
  model::Event made;
  made.key = field(row, 2);
  made.kind = coded<model::EventKind>(field(row, 3));
  made.starts_local = local_text(field(row, 4));
  made.ends_local = field(row, 5).empty() ? Known<std::string>(Missing::absent)
                                          : Known<std::string>(local_text(field(row, 5)));
  made.time_zone = state_zone;
  made.place = known_text(field(row, 6));
  made.status = known_text(field(row, 8));
  return made;
}

// The employer told the bank that this was the last deduction.
model::Event notice_of(const RowText& row) {
  model::Event made;
  made.key = "employment_ended/" + row[3] + "/" + row[4];
  made.kind = model::EventKind::notice;
  made.starts_local = row[4] + "T00:00";
  made.ends_local = Missing::absent;
  made.time_zone = state_zone;
  made.place = Missing::absent;
  made.status = Missing::not_provided;
  return made;
}

}  // namespace

std::vector<model::Order> read_orders(const KeptCase& kept) {
  std::vector<model::Order> orders;
  UniqueKeys keys;
  for (const RowText* row : kept.all("ORD")) orders.push_back(order_of(*row));
  for (const RowText* row : kept.all("OBL")) {
    model::Obligation owed = obligation_of(*row);
    owed.key = keys.unique(std::move(owed.key));
    for (model::Order& order : orders) {
      if (order.key != owed.order_key) continue;
      order.obligations.push_back(std::move(owed));
      break;
    }
  }
  UniqueKeys order_keys;
  for (model::Order& order : orders) {
    order.key = order_keys.unique(std::move(order.key));
    for (model::Obligation& owed : order.obligations) owed.order_key = order.key;
  }
  return orders;
}

std::vector<model::EnforcementAction> read_enforcement(const KeptCase& kept) {
  std::vector<model::EnforcementAction> actions;
  UniqueKeys keys;
  for (const RowText* row : kept.all("ENF")) {
    model::EnforcementAction made;
    made.key = keys.unique(std::string(field(*row, 2)));
    made.kind = coded<model::EnforcementKind>(field(*row, 3));
    made.status = coded<model::EnforcementStatus>(field(*row, 4));
    made.date = known_date(field(*row, 5));
    made.released = known_date(field(*row, 6));
    // The employer or bank is told to whom it belongs, and to nobody else.
    const bool is_theirs = kept.role == Role::noncustodial_parent && kept.is_alone_in_role;
    made.detail = is_theirs ? known_text(field(*row, 7)) : Known<std::string>(Missing::not_provided);
    actions.push_back(std::move(made));
  }
  return actions;
}

std::vector<model::Event> read_events(const KeptCase& kept) {
  std::vector<model::Event> events;
  UniqueKeys keys;
  for (const RowText* row : kept.all("EVT"))
    if (is_for(field(*row, 7), kept)) events.push_back(event_of(*row));
  for (const RowText* row : kept.all("ACH"))
    if (field(*row, 8) == "Y" && is_for(Role::noncustodial_parent, kept)) events.push_back(notice_of(*row));
  for (model::Event& one : events) one.key = keys.unique(std::move(one.key));
  return events;
}

std::vector<model::ContactPoint> read_contacts(const KeptCase& kept) {
  std::vector<model::ContactPoint> contacts;
  UniqueKeys keys;
  for (const RowText* row : kept.all("CON")) {
    model::ContactPoint made;
    made.key = keys.unique(std::string(field(*row, 2)));
    made.kind = coded<model::ContactKind>(field(*row, 2));
    made.name = Missing::unsupported;
    made.office = field(*row, 3);
    made.phone = known_text(field(*row, 4));
    made.extension = known_text(field(*row, 5));
    made.email = known_text(field(*row, 6));
    made.hours = known_text(field(*row, 7));
    contacts.push_back(std::move(made));
  }
  return contacts;
}

}  // namespace casebridge::georgia_batch
