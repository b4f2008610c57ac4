// The list of cases, and the facts of one: number, type, status, roles, children, the other state.
#include <algorithm>

#include "core/base/text.hpp"
#include "plugins/california_connect/codes.hpp"
#include "plugins/california_connect/datasets.hpp"
#include "plugins/california_connect/page_text.hpp"

namespace casebridge::california_connect {
namespace {

// <li data-case="N">role, status</li>
Row home_item(const sdk::HtmlElement& item, Reading& reading) {
  const std::string text = item.text();
  const std::size_t comma = text.rfind(", ");
  if (comma == std::string::npos) {
    reading.breach("cases/row");
    return {};
  }
  return {{item.attribute("data-case").value_or(""), text.substr(0, comma), text.substr(comma + 2)}, {}};
}

// "First Last"; where the first name ends nobody says, so the last word is the last name.
model::PersonName name_of_text(std::string_view text) {
  model::PersonName made;
  const std::size_t blank = text.rfind(' ');
  made.last = text.substr(blank == std::string_view::npos ? 0 : blank + 1);
  if (blank != std::string_view::npos) made.first = text::trim(text.substr(0, blank));
  return made;
}

void add_people(const std::string& names, model::Coded<model::Role> role, model::Case& record,
                Reading& reading) {
  if (names == nothing_shown) return;
  for (const std::string& each : text::split(names, ';')) {
    const std::string_view name = text::trim(each);
    if (name.empty()) reading.breach("facts/names");
    model::Participant made;
    made.role = role;
    made.name = name_of_text(name);
    made.birth_date = Missing::unsupported;
    made.relation_to_cp = Missing::unsupported;
    record.participants.push_back(std::move(made));
  }
}

model::Coded<model::Role> other_role(const model::Coded<model::Role>& viewer) {
  if (viewer.value == model::Role::custodial_party) return model::Role::noncustodial_parent;
  if (viewer.value == model::Role::noncustodial_parent) return model::Role::custodial_party;
  return {};
}

// "KS 0034567890"
void add_other_state(const std::string& text, model::Case& record, Reading& reading) {
  if (text == nothing_shown) return;
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (text.size() < 2 || !is_capital(text[0]) || !is_capital(text[1]) ||
      (text.size() > 2 && text[2] != ' ')) {
    reading.breach("facts/other_state");
    return;
  }
  model::IntergovRef made;
  made.other_state = text.substr(0, 2);
  made.other_locator = Missing::unsupported;
  made.other_case = text.size() > 3 ? shown_text(text.substr(3)) : Known<std::string>();
  made.since = Missing::unsupported;
  record.intergov.push_back(std::move(made));
}

model::Case case_of(const Facts& facts, const std::string& number, Language language, Reading& reading) {
  model::Case made;
  if (facts.at(Label::case_number) != number) reading.breach("facts/case_number");
  made.key = number;
  made.number = number;
  made.assistance = reading.noted(assistance_of(facts.at(Label::case_type), language));
  made.status = reading.noted(case_status_of(facts.at(Label::case_status), language));
  made.viewer_role = reading.noted(role_of(facts.at(Label::your_role), language));
  for (auto* date : {&made.opened, &made.closed}) *date = Missing::unsupported;
  for (auto* words : {&made.closure_reason, &made.locator}) *words = Missing::unsupported;
  add_people(facts.at(Label::other_parent), other_role(made.viewer_role), made, reading);
  add_people(facts.at(Label::children), model::Role::child, made, reading);
  add_other_state(facts.at(Label::other_state), made, reading);
  return made;
}

}  // namespace

std::vector<std::string> read_home(const Page& page, Reading& reading) {
  std::vector<std::string> numbers;
  const auto rows = read_list(page, {"cases", "cases"},
                              {Label::case_number, Label::your_role, Label::case_status}, home_item, reading);
  check_empty_mark(page, !rows.empty(), "cases", reading);
  for (const Row& row : rows) {
    if (!is_case_number(row.cells[0])) reading.breach("cases/case_number");
    if (std::find(numbers.begin(), numbers.end(), row.cells[0]) != numbers.end())
      reading.breach("cases/case_number");
    numbers.push_back(row.cells[0]);
  }
  return numbers;
}

Summary read_summary(const Page& page, const std::string& case_number, const std::string& state,
                     Reading& reading) {
  Summary made;
  const Facts facts = read_facts(page, reading);
  made.balances = read_balances(page, state, reading);
  if (!reading.followed()) return made;
  made.record = case_of(facts, case_number, page.language(), reading);
  made.orders = read_orders(facts, page.language(), reading);
  for (const model::BalanceLine& line : made.balances)
    if (line.as_of && (!made.as_of || *line.as_of < *made.as_of)) made.as_of = line.as_of;
  return made;
}

}  // namespace casebridge::california_connect
