// The figures of the summary: what is ordered, and what is owed.
#include <set>

#include "core/base/text.hpp"
#include "plugins/california_connect/codes.hpp"
#include "plugins/california_connect/datasets.hpp"
#include "plugins/california_connect/page_text.hpp"

namespace casebridge::california_connect {
namespace {

struct Pace {
  model::Money amount{};
  model::Coded<model::Frequency> frequency{};
};

// "$ 540.00 Monthly"; nothing for "--".
std::optional<Pace> pace_of(const Facts& facts, Label label, Language language, Reading& reading) {
  const std::string& text = facts.at(label);
  if (text == nothing_shown) return std::nullopt;
  const std::size_t end = std::min(text.find_first_not_of("()$ 0123456789,."), text.size());
  const auto amount = parse_amount(text::trim(std::string_view(text).substr(0, end)));
  if (!amount || end == text.size() || text[end - 1] != ' ') {
    reading.breach(std::string("facts/").append(name_of(label)));
    return std::nullopt;
  }
  return Pace{*amount, reading.noted(frequency_of(text.substr(end), language))};
}

model::Obligation obligation_of(const Pace& current, const std::optional<Pace>& arrears,
                                const std::string& order_key) {
  model::Obligation made;
  made.key = order_key + "/current";
  made.order_key = order_key;
  made.amount = current.amount;
  made.frequency = current.frequency;
  made.arrears_amount = Missing::not_provided;
  made.arrears_frequency = Missing::not_provided;
  if (arrears) {
    made.arrears_amount = arrears->amount;
    made.arrears_frequency = arrears->frequency;
  }
  made.starts = Missing::unsupported;
  made.ends = Missing::unsupported;
  return made;
}

Known<std::string> assignee_of(model::Bucket bucket, const std::string& state) {
  if (bucket == model::Bucket::arrears_family) return std::string("family");
  if (bucket == model::Bucket::arrears_assigned) return "state:" + state;
  return Missing::unsupported;
}

// The portal gives a line no key: what it is called makes one, in the same words for both languages.
std::string line_key(const model::BalanceLine& line, std::set<std::string>& taken) {
  const std::string kind = line.bucket.raw.empty() ? std::string(model::name_of(line.bucket.value))
                                                   : "other:" + folded(line.bucket.raw);
  std::string made = kind;
  for (int times = 2; !taken.insert(made).second; ++times) made = kind + "~" + std::to_string(times);
  return made;
}

}  // namespace

std::vector<model::Order> read_orders(const Facts& facts, Language language, Reading& reading) {
  const auto current = pace_of(facts, Label::current_support, language, reading);
  const auto arrears = pace_of(facts, Label::arrears_payment, language, reading);
  const Known<std::string> docket = shown_text(facts.at(Label::court_case));
  if (!docket && !current) return {};
  model::Order made;
  made.key = docket ? *docket : facts.at(Label::case_number);
  made.order_number = docket ? *docket : "";
  made.docket = docket;
  for (auto* date : {&made.filed, &made.effective, &made.ends, &made.cancelled}) *date = Missing::unsupported;
  for (auto* words : {&made.issuing_state, &made.issuing_locator, &made.tribunal})
    *words = Missing::unsupported;
  made.medical_ordered = Missing::unsupported;
  if (current) made.obligations.push_back(obligation_of(*current, arrears, made.key));
  return {made};
}

std::vector<model::BalanceLine> read_balances(const Page& page, const std::string& state, Reading& reading) {
  std::vector<model::BalanceLine> lines;
  std::set<std::string> taken;
  for (const Row& row :
       read_table(page, {"bal", "balances"}, {Label::balance_type, Label::amount, Label::as_of}, reading)) {
    const auto as_of = parse_date(row.cells[2], page.language());
    if (!as_of) reading.breach("balances/as_of");
    // An amount that the state does not tell is no line, and above all not zero.
    if (row.cells[1] == nothing_shown) continue;
    const auto amount = parse_amount(row.cells[1]);
    if (!amount) reading.breach("balances/amount");
    if (!amount || !as_of) return {};
    model::BalanceLine made;
    made.bucket = reading.noted(bucket_of(row.cells[0], page.language()));
    made.debt_type = Missing::unsupported;
    made.amount = *amount;
    made.assignee = assignee_of(made.bucket.value, state);
    made.period_from = Missing::unsupported;
    made.period_to = Missing::unsupported;
    made.order_key = Missing::unsupported;
    made.as_of = *as_of;
    made.is_aggregate = made.bucket.value == model::Bucket::total_arrears;
    made.key = line_key(made, taken);
    lines.push_back(std::move(made));
  }
  return lines;
}

}  // namespace casebridge::california_connect
