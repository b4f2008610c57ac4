// Records of the model as lines of text.
#include "tests/conformance/fact_line.hpp"
#include "tests/conformance/facts.hpp"

namespace casebridge::conformance {
namespace {

template <class T>
std::string shown(const Known<T>& value) {
  if (!value) return "-";
  if constexpr (std::is_same_v<T, model::Date>)
    return value->text();
  else if constexpr (std::is_same_v<T, model::Money>)
    return value->text();
  else if constexpr (std::is_same_v<T, bool>)
    return *value ? "yes" : "no";
  else
    return *value;
}

template <class Enum>
std::string shown(const model::Coded<Enum>& coded) {
  return std::string(model::name_of(coded.value));
}

void add(Facts& facts, const model::Case& one) {
  facts.push_back(FactLine("case", one.key)
                      .with(shown(one.assistance))
                      .with(shown(one.status))
                      .with(shown(one.processing))
                      .with(shown(one.viewer_role))
                      .with(shown(one.opened))
                      .with(shown(one.closed))
                      .with(shown(one.closure_reason))
                      .with(shown(one.locator)));
  for (const model::Participant& part : one.participants)
    facts.push_back(FactLine("participant", part.key)
                        .with(shown(part.role))
                        .with(part.is_self ? "self" : "")
                        .with(part.active ? "active" : "inactive")
                        .with(part.name.first)
                        .with(part.name.middle)
                        .with(part.name.last)
                        .with(part.name.suffix)
                        .with(shown(part.birth_date)));
  for (const model::IntergovRef& other : one.intergov)
    facts.push_back(FactLine("other state", other.other_state)
                        .with(shown(other.other_case))
                        .with(shown(other.my_role))
                        .with(shown(other.since)));
}

void add(Facts& facts, const model::Order& one) {
  facts.push_back(FactLine("order", one.order_number)
                      .with(shown(one.docket))
                      .with(shown(one.issuing_state))
                      .with(shown(one.issuing_locator))
                      .with(shown(one.tribunal))
                      .with(shown(one.type))
                      .with(shown(one.filed))
                      .with(shown(one.effective))
                      .with(shown(one.ends))
                      .with(shown(one.cancelled))
                      .with(shown(one.controlling))
                      .with(shown(one.medical_ordered)));
  for (const model::Obligation& owed : one.obligations)
    facts.push_back(FactLine("obligation", one.order_number)
                        .with(shown(owed.debt_type))
                        .with(owed.amount.text())
                        .with(shown(owed.frequency))
                        .with(shown(owed.arrears_amount))
                        .with(owed.arrears_frequency ? shown(*owed.arrears_frequency) : "-")
                        .with(shown(owed.starts))
                        .with(shown(owed.ends)));
}

void add(Facts& facts, const model::BalanceLine& one) {
  facts.push_back(FactLine("balance", shown(one.bucket))
                      .with(one.amount.text())
                      .with(shown(one.assignee))
                      .with(shown(one.period_from))
                      .with(shown(one.period_to))
                      .with(shown(one.as_of))
                      .with(one.is_aggregate ? "total" : "component"));
}

void add(Facts& facts, const model::Payment& one) {
  FactLine line("payment", one.key);
  line.with(one.amount.text())
      .with(shown(one.collected))
      .with(shown(one.posted))
      .with(shown(one.source))
      .with(shown(one.status))
      .with(shown(one.reference))
      .with(shown(one.adjusts));
  for (const model::Allocation& part : one.allocations)
    line.with(shown(part.bucket)).with(part.amount.text());
  if (one.is_memo) line.with("memo");
  facts.push_back(line);
}

void add(Facts& facts, const model::Disbursement& one) {
  FactLine line("disbursement", one.key);
  line.with(one.amount.text())
      .with(shown(one.date))
      .with(shown(one.recipient))
      .with(shown(one.method))
      .with(shown(one.instrument_last4))
      .with(shown(one.status));
  for (const std::string& payment : one.payment_keys) line.with(payment);
  facts.push_back(line);
}

void add(Facts& facts, const model::EnforcementAction& one) {
  facts.push_back(FactLine("enforcement", one.key)
                      .with(shown(one.kind))
                      .with(shown(one.status))
                      .with(shown(one.date))
                      .with(shown(one.released))
                      .with(shown(one.detail)));
}

void add(Facts& facts, const model::Event& one) {
  facts.push_back(FactLine("event", one.key)
                      .with(shown(one.kind))
                      .with(one.starts_local)
                      .with(shown(one.ends_local))
                      .with(one.time_zone)
                      .with(shown(one.place))
                      .with(shown(one.status)));
}

void add(Facts& facts, const model::Document& one) {
  facts.push_back(FactLine("document", one.key)
                      .with(one.title)
                      .with(one.kind)
                      .with(shown(one.date))
                      .with(one.media_type));
}

void add(Facts& facts, const model::Message& one) {
  facts.push_back(FactLine("message", one.key)
                      .with(one.thread_key)
                      .with(shown(one.direction))
                      .with(one.sent_at)
                      .with(one.subject)
                      .with(one.body)
                      .with(shown(one.read)));
}

void add(Facts& facts, const model::ContactPoint& one) {
  facts.push_back(FactLine("contact", shown(one.kind))
                      .with(shown(one.name))
                      .with(one.office)
                      .with(shown(one.phone))
                      .with(shown(one.extension))
                      .with(shown(one.email))
                      .with(shown(one.hours))
                      .with(one.address.empty() ? "no address" : one.address.front()));
}

}  // namespace

Facts facts_of(const model::Records& records) {
  Facts facts;
  std::visit(
      [&](const auto& list) {
        for (const auto& one : list) add(facts, one);
      },
      records);
  return facts;
}

}  // namespace casebridge::conformance
