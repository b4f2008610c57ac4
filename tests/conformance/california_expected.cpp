// What the interface document of the HTML portal makes of a scenario, for one viewer of one case.
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "core/model/date.hpp"
#include "core/model/money.hpp"
#include "core/model/time_zone.hpp"
#include "tests/conformance/california_suite.hpp"
#include "tests/conformance/fact_line.hpp"

namespace casebridge::conformance {
namespace {

using model::Dataset;
using Words = std::map<std::string, std::string>;

const std::set<std::string> shown_types{"tanf_current", "former_assistance", "never_assistance",
                                        "foster_care",  "medicaid_only",     "arrears_only"};
const std::set<std::string> shown_buckets{"current_due", "arrears_family", "arrears_assigned", "interest",
                                          "total_arrears"};
const std::set<std::string> shown_frequencies{"weekly", "biweekly", "semimonthly", "monthly"};
const std::set<std::string> hidden_statuses{"received", "pending", "held"};
const std::set<std::string> shown_events{"hearing", "appointment", "genetic_test", "review"};
const Words portal_sources{{"income_withholding", "withholding"},
                           {"direct", "direct"},
                           {"other_state", "other_state"},
                           {"adjustment", "adjustment"},
                           {"other", "unknown"}};

std::string or_dash(const json& value) { return value.is_null() ? "-" : value.get<std::string>(); }
std::string cents(std::int64_t amount) { return model::Money{amount}.text(); }

bool is_guarded(const CaliforniaView& view) {
  for (const json& part : view.one_case.at("participants"))
    if (part.at("person") != view.viewer && !part.at("familyViolence").is_null()) return true;
  return false;
}

std::string role_of(const CaliforniaView& view) {
  return Scenario::participant(view.one_case, view.viewer).at("role").get<std::string>();
}

// The first of a key keeps it, the next get "~2" ...
std::string counted(const std::string& key, std::map<std::string, int>& times) {
  const int time = ++times[key];
  return time == 1 ? key : key + "~" + std::to_string(time);
}

void add_people(Facts& facts, const CaliforniaView& view, const std::string& role) {
  for (const json& part : view.one_case.at("participants")) {
    if (part.at("role") != role || !part.at("active").get<bool>()) continue;
    const json person = view.scenario.person(part.at("person").get<std::string>());
    const json& name = person.at("name");
    const std::string whole = name.at("first").get<std::string>() + " " + name.at("last").get<std::string>();
    const std::size_t blank = whole.rfind(' ');
    facts.push_back(FactLine("participant", "")
                        .with(role)
                        .with("")
                        .with("active")
                        .with(whole.substr(0, blank))
                        .with("")
                        .with(whole.substr(blank + 1))
                        .with("")
                        .with("-"));
  }
}

Facts case_facts(const CaliforniaView& view) {
  const json& one = view.one_case;
  const std::string type = one.at("caseType").get<std::string>();
  Facts facts{FactLine("case", or_dash(one.at("caseNumber")))
                  .with(shown_types.contains(type) ? type : "unknown")
                  .with(or_dash(one.at("status")))
                  .with("unknown")
                  .with(role_of(view))
                  .with("-")
                  .with("-")
                  .with("-")
                  .with("-")};
  if (is_guarded(view)) return facts;
  add_people(facts, view, role_of(view) == "custodial_party" ? "noncustodial_parent" : "custodial_party");
  add_people(facts, view, "child");
  const json& others = one.at("intergov");
  if (!others.empty())
    facts.push_back(FactLine("other state", or_dash(others.front().at("otherState")))
                        .with(or_dash(others.front().at("otherCaseId")))
                        .with("unknown")
                        .with("-"));
  return facts;
}

struct Pace {
  std::int64_t cents = 0;
  std::string frequency{};
};

// The first that holds today gives the frequency, and those with the same are added up.
Pace pace_of(const CaliforniaView& view, const char* amount, const char* frequency) {
  const std::string today = model::Date::in_zone(view.now, view.zone)->text();
  Pace pace;
  for (const json& order : view.one_case.at("orders")) {
    if (!order.at("cancelled").is_null()) continue;
    for (const json& owed : order.at("obligations")) {
      const bool secondary = owed.value("concurrent", "none") == "secondary";
      if (secondary || owed.at(amount).is_null() || owed.at(amount).get<std::int64_t>() <= 0) continue;
      if (owed.at(frequency).is_null() || !shown_frequencies.contains(owed.at(frequency).get<std::string>()))
        continue;
      if (owed.at("start").get<std::string>() > today) continue;
      if (!owed.at("end").is_null() && owed.at("end").get<std::string>() < today) continue;
      if (pace.frequency.empty()) pace.frequency = owed.at(frequency).get<std::string>();
      if (pace.frequency == owed.at(frequency).get<std::string>())
        pace.cents += owed.at(amount).get<std::int64_t>();
    }
  }
  return pace;
}

Facts order_facts(const CaliforniaView& view) {
  std::string docket;
  for (const json& order : view.one_case.at("orders"))
    if (docket.empty() && order.at("cancelled").is_null()) docket = or_dash(order.at("docket"));
  if (is_guarded(view) || docket.empty()) docket = "-";
  const Pace current = pace_of(view, "amountCents", "frequency");
  const Pace arrears = pace_of(view, "arrearsAmountCents", "arrearsFrequency");
  if (docket == "-" && current.frequency.empty()) return {};
  const std::string number = docket == "-" ? "" : docket;
  FactLine line("order", number);
  line.with(docket).with("-").with("-").with("-").with("unknown");
  for (int i = 0; i < 4; ++i) line.with("-");
  Facts facts{line.with("unknown").with("-")};
  if (!current.frequency.empty())
    facts.push_back(FactLine("obligation", number)
                        .with("unknown")
                        .with(cents(current.cents))
                        .with(current.frequency)
                        .with(arrears.frequency.empty() ? "-" : cents(arrears.cents))
                        .with(arrears.frequency.empty() ? "-" : arrears.frequency)
                        .with("-")
                        .with("-"));
  return facts;
}

Facts balance_facts(const CaliforniaView& view) {
  Facts facts;
  for (const json& one : view.scenario.list(view.one_case, "balances")) {
    const std::string bucket = one.at("bucket").get<std::string>();
    if (!shown_buckets.contains(bucket) || one.value("concurrent", "none") == "secondary") continue;
    facts.push_back(FactLine("balance", bucket)
                        .with(cents(one.at("amountCents").get<std::int64_t>()))
                        .with(bucket == "arrears_family"     ? "family"
                              : bucket == "arrears_assigned" ? "state:" + view.state
                                                             : "-")
                        .with("-")
                        .with("-")
                        .with(or_dash(one.at("asOf")))
                        .with(bucket == "total_arrears" ? "total" : "component"));
  }
  return facts;
}

std::string source_of(const json& payment) {
  const auto found = portal_sources.find(payment.at("source").get<std::string>());
  return found == portal_sources.end() ? "involuntary_other" : found->second;
}

Facts payment_facts(const CaliforniaView& view) {
  std::vector<json> rows;
  for (const json& one : view.scenario.list(view.one_case, "payments"))
    if (!hidden_statuses.contains(one.at("status").get<std::string>())) rows.push_back(one);
  std::map<std::string, int> times;
  Facts facts;
  for (const json& one : rows) {
    const std::string amount = std::to_string(one.at("amountCents").get<std::int64_t>());
    const std::string word = source_of(one) == "unknown" ? "other" : source_of(one);
    const std::string key =
        or_dash(one.at("collectionDate")) + "/" + or_dash(one.at("postedDate")) + "/" + word + "/" + amount;
    facts.push_back(FactLine("payment", key + "/" + std::to_string(++times[key]))
                        .with(cents(one.at("amountCents").get<std::int64_t>()))
                        .with(or_dash(one.at("collectionDate")))
                        .with(or_dash(one.at("postedDate")))
                        .with(source_of(one))
                        .with("applied")
                        .with("-")
                        .with("-"));
  }
  // Newest first; how payments of one day are ordered is not said.
  std::stable_sort(facts.begin(), facts.end(), std::greater<>());
  return facts;
}

Facts event_facts(const CaliforniaView& view) {
  Facts facts;
  if (is_guarded(view)) return facts;
  std::vector<json> rows;
  for (const json& one : view.scenario.list(view.one_case, "events"))
    if (shown_events.contains(one.at("kind").get<std::string>()) && one.at("status") != "cancelled" &&
        (one.at("for") == role_of(view) || one.at("for") == "both"))
      rows.push_back(one);
  std::stable_sort(rows.begin(), rows.end(),
                   [](const json& a, const json& b) { return a.at("start") < b.at("start"); });
  std::map<std::string, int> times;
  for (const json& one : rows) {
    const Instant start = *parse_instant(one.at("start").get<std::string>());
    const auto local = start + model::find_time_zone(view.zone)->offset_at(start);
    const std::string wall = to_text(local).substr(0, 16);
    const std::string kind = one.at("kind").get<std::string>();
    facts.push_back(FactLine("event", counted(kind + "/" + wall, times))
                        .with(kind)
                        .with(wall)
                        .with("-")
                        .with(view.zone)
                        .with(or_dash(one.at("place")))
                        .with("-"));
  }
  return facts;
}

Facts document_facts(const CaliforniaView& view) {
  Facts facts;
  if (is_guarded(view)) return facts;
  json rows = view.scenario.list(view.one_case, "documents");
  std::stable_sort(rows.begin(), rows.end(),
                   [](const json& a, const json& b) { return a.at("date") > b.at("date"); });
  for (const json& one : rows)
    facts.push_back(FactLine("document", or_dash(one.at("id")))
                        .with(or_dash(one.at("title")))
                        .with("document")
                        .with(or_dash(one.at("date")))
                        .with("application/pdf"));
  return facts;
}

Facts contact_facts(const CaliforniaView& view) {
  Facts facts;
  if (is_guarded(view)) return facts;
  for (const json& one : view.scenario.list(view.one_case, "contacts"))
    facts.push_back(FactLine("contact", "unknown")
                        .with("-")
                        .with(or_dash(one.at("office")))
                        .with(or_dash(one.at("phone")))
                        .with("-")
                        .with("-")
                        .with(or_dash(one.at("hours")))
                        .with("no address"));
  return facts;
}

}  // namespace

Facts expected_on_portal(const CaliforniaView& view, Dataset dataset) {
  switch (dataset) {
    case Dataset::cases: return case_facts(view);
    case Dataset::orders: return order_facts(view);
    case Dataset::balances: return balance_facts(view);
    case Dataset::payments: return payment_facts(view);
    case Dataset::events: return event_facts(view);
    case Dataset::documents: return document_facts(view);
    case Dataset::contacts: return contact_facts(view);
    default: return {};
  }
}

}  // namespace casebridge::conformance
